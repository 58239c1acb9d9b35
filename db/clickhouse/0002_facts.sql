-- What was derived from the raw tables. One row per key: a derivation writes a new version of the row (or a tombstone, `gone`),
-- readers use FINAL. `version` is the derivation's number, so repeating a derivation is harmless.

-- Who an agent was at an instant: one row per change, the first one valid since ever.
-- shard by everywhere
CREATE TABLE agent_history (
  agent_id String,
  valid_from DateTime64(3, 'UTC'),
  name String,
  team String,
  shop String,
  tier String,
  employment String,
  hired_on Nullable(Date32),
  left_on Nullable(Date32)
) ENGINE = MergeTree ORDER BY (agent_id, valid_from);

-- Service hours of the days on which a shop differs from the default; before_ms is all service time before that day.
-- shard by everywhere
CREATE TABLE service_days (
  shop String,
  day Int32,
  open_ms Int64,
  close_ms Int64,
  before_ms Int64
) ENGINE = Join(ANY, LEFT, shop, day);

-- Declared outages; shop '' means every shop.
-- shard by everywhere
CREATE TABLE outages (
  shop String,
  from_at DateTime64(3, 'UTC'),
  to_at DateTime64(3, 'UTC')
) ENGINE = MergeTree ORDER BY (shop, from_at);

-- When somebody was present: for each shop and day with attendance the merged presence intervals, empty when all were absent.
-- shard by everywhere
CREATE TABLE shop_coverage (
  shop String,
  day Date32,
  from_at Array(DateTime64(3, 'UTC')),
  to_at Array(DateTime64(3, 'UTC'))
) ENGINE = MergeTree ORDER BY (shop, day);

-- One row per session. turn_*: the answered turns in order; an unanswered last turn is open_turn_started_at.
-- slice_*: one element per agent who took part. load_*: the distinct (agent, day) on which the customer was replied to.
-- Reply times are milliseconds: agent clock, customer clock and agent clock within service hours.
-- shard by if(customer_id = '', session_id, customer_id)
CREATE TABLE session_facts (
  session_id String CODEC(ZSTD(1)),
  customer_id String CODEC(ZSTD(1)),
  shop LowCardinality(String),
  channel LowCardinality(String),
  queue LowCardinality(String),
  issue LowCardinality(String),
  started_at DateTime64(3, 'UTC'),
  closed_at DateTime64(3, 'UTC'),
  first_agent_id LowCardinality(String),
  owner_agent_id LowCardinality(String),
  bot_only Bool,
  agent_initiated Bool,
  test Bool,
  no_customer_message Bool,
  outage Bool,
  outside_hours Bool,
  offline Bool,
  replied Bool,
  moved Bool,
  invited Bool,
  message_count UInt32,
  first_reply_ms Int64,
  first_reply_customer_ms Int64,
  first_reply_business_ms Int64,
  turn_started_at Array(DateTime64(3, 'UTC')),
  turn_clock_at Array(DateTime64(3, 'UTC')),
  turn_answered_at Array(DateTime64(3, 'UTC')),
  turn_agent_id Array(LowCardinality(String)),
  turn_reply_ms Array(Int64),
  turn_business_ms Array(Int64),
  open_turn_started_at Nullable(DateTime64(3, 'UTC')),
  slice_agent_id Array(LowCardinality(String)),
  slice_replies Array(UInt32),
  slice_turns Array(UInt32),
  slice_open_turns Array(UInt8),
  slice_reply_ms Array(Int64),
  slice_turns_within_3min Array(UInt32),
  slice_moved_out Array(UInt8),
  load_agent_id Array(LowCardinality(String)),
  load_day Array(Date32),
  rating_score Nullable(UInt8),
  rating_nps Nullable(UInt8),
  rated_at Nullable(DateTime64(3, 'UTC')),
  -- Counts distinct customers without reading their names; a session of an unknown customer is a customer of its own.
  customer_hash UInt64 MATERIALIZED sipHash64(if(customer_id = '', session_id, customer_id)),
  version UInt64,
  gone UInt8,
  INDEX by_start started_at TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, gone) ORDER BY session_id;

-- What happened after a session was closed. next_contact_at: the same customer's first later contact outside X on the same issue
-- (any issue where one of the two is unknown).
-- shard by if(customer_id = '', session_id, customer_id)
CREATE TABLE session_outcomes (
  session_id String CODEC(ZSTD(1)),
  customer_id String CODEC(ZSTD(1)),
  shop LowCardinality(String),
  channel LowCardinality(String),
  queue LowCardinality(String),
  owner_agent_id LowCardinality(String),
  closed_at DateTime64(3, 'UTC'),
  replied Bool,
  moved Bool,
  excluded Bool,
  next_contact_at Nullable(DateTime64(3, 'UTC')),
  version UInt64,
  gone UInt8
) ENGINE = ReplacingMergeTree(version, gone) ORDER BY session_id;

-- One row per ticket, with what came before and after it.
-- shard by customer_id
CREATE TABLE ticket_facts (
  ticket_id String,
  customer_id String,
  shop LowCardinality(String),
  channel LowCardinality(String),
  queue LowCardinality(String),
  kind LowCardinality(String),
  priority LowCardinality(String),
  issue LowCardinality(String),
  product LowCardinality(String),
  session_id String,
  owner_agent_id LowCardinality(String),
  fixer_agent_id LowCardinality(String),
  created_at DateTime64(3, 'UTC'),
  first_closed_at Nullable(DateTime64(3, 'UTC')),
  closed_at Nullable(DateTime64(3, 'UTC')),
  reopened_at Nullable(DateTime64(3, 'UTC')),
  sla_due_at Nullable(DateTime64(3, 'UTC')),
  contacts UInt32,
  reopened Bool,
  escalated Bool,
  cancelled Bool,
  dispatched Bool,
  next_contact_at Nullable(DateTime64(3, 'UTC')),
  previous_complaint_at Nullable(DateTime64(3, 'UTC')),
  previous_complaint_owner_id LowCardinality(String),
  next_repair_at Nullable(DateTime64(3, 'UTC')),
  rating_score Nullable(UInt8),
  rating_nps Nullable(UInt8),
  rated_at Nullable(DateTime64(3, 'UTC')),
  version UInt64,
  gone UInt8
) ENGINE = ReplacingMergeTree(version, gone) ORDER BY ticket_id;

-- Sessions cut by Heng whose messages an import moved: named here, so that the next derivation looks at them again.
-- shard by session_id
CREATE TABLE recut_sessions (
  session_id String,
  import_id UInt32
) ENGINE = MergeTree ORDER BY (import_id, session_id);
