-- What the rest of the catalogue counts. Rows derived before carry none of it: facts of an older definition are derived anew at the
-- next start (src/facts/factsDefinition.ts).

-- slice_handle_ms: active, hold and after-contact time of the agent's part; slice_active_ms: gaps between what customer and people
-- said, each at most a minute, or the speech of a call; slice_span_ms: the part of the session's duration that belongs to the agent.
-- queue_outcome: '' never queued, waiting, answered or abandoned; queue_wait_ms until one of the last two.
-- rating_dsr: ten-thousandths of a point.
ALTER TABLE session_facts
  ADD COLUMN IF NOT EXISTS slice_handle_ms Array(Int64),
  ADD COLUMN IF NOT EXISTS slice_active_ms Array(Int64),
  ADD COLUMN IF NOT EXISTS slice_span_ms Array(Int64),
  ADD COLUMN IF NOT EXISTS slice_kb_used Array(UInt8),
  ADD COLUMN IF NOT EXISTS queue_outcome LowCardinality(String),
  ADD COLUMN IF NOT EXISTS queue_wait_ms Int64,
  ADD COLUMN IF NOT EXISTS offline_handled Nullable(Bool),
  ADD COLUMN IF NOT EXISTS bot_session Bool,
  ADD COLUMN IF NOT EXISTS rating_dsr Nullable(Int64);

-- bot_session: a bot took part, and neither test, outage nor a silent customer excludes it. Of a bot-only session next_contact_at is
-- the next contact with people on any issue.
ALTER TABLE session_outcomes
  ADD COLUMN IF NOT EXISTS bot_session Bool,
  ADD COLUMN IF NOT EXISTS bot_only Bool;

-- act_*: who did something to a ticket that another team asked for, and when; empty for tickets that no team asked for.
ALTER TABLE ticket_facts
  ADD COLUMN IF NOT EXISTS requesting_team LowCardinality(String),
  ADD COLUMN IF NOT EXISTS act_at Array(DateTime64(3, 'UTC')),
  ADD COLUMN IF NOT EXISTS act_agent_id Array(LowCardinality(String)),
  ADD COLUMN IF NOT EXISTS next_complaint_at Nullable(DateTime64(3, 'UTC')),
  ADD COLUMN IF NOT EXISTS rating_dsr Nullable(Int64);

-- By which definition everything was last derived wholesale; the greatest holds. Facts older than the code's are derived anew.
-- shard by everywhere
CREATE TABLE facts_definitions (
  definition UInt32,
  version UInt64
) ENGINE = MergeTree ORDER BY definition;
