-- The session's contact reason beside what came after it, so that outcomes can be compared under one case mix. Empty of what was left to a bot, and in rows derived before:
-- facts of an older definition are derived anew (src/facts/factsDefinition.ts); copies of closed periods keep theirs.
ALTER TABLE session_outcomes ADD COLUMN IF NOT EXISTS issue LowCardinality(String);
