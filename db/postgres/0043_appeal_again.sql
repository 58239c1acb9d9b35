-- A result is appealed against once. A revised card is a further result: what was appealed against before may be again, once that is decided.
-- The version that was issued: by the closing, a meeting or a revision. What an appeal corrects is still the same result.
ALTER TABLE appeals ADD COLUMN issued_version integer;
UPDATE appeals SET issued_version = coalesce(
  (SELECT max(version) FROM scorecards
   WHERE scorecards.period = appeals.period AND scorecards.agent_id = appeals.agent_id
     AND version <= card_version AND cause <> 'appeal'),
  card_version);
ALTER TABLE appeals ALTER COLUMN issued_version SET NOT NULL;
ALTER TABLE appeals DROP CONSTRAINT appeals_period_agent_id_kind_subject_key;
ALTER TABLE appeals ADD CONSTRAINT appeals_once UNIQUE (period, agent_id, kind, subject, issued_version);
CREATE UNIQUE INDEX appeals_one_open ON appeals (period, agent_id, kind, subject) WHERE state <> 'final';
