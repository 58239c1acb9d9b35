-- What arrived, as it arrived. One table per kind of the open format (src/ingest/kinds.ts names the columns).
-- Every distinct version of a row is kept; the facts pick the winner, so the order of arrival never matters.
-- import_id, line: which file brought the row (PostgreSQL table import_parts) and on which line it stood; a greater
-- (import_id, line) came later. content_hash: all columns of the row.
-- A line "shard by EXPR" tells the migrator how rows spread when there is more than one shard; "everywhere" keeps a full copy on each.

-- shard by everywhere
CREATE TABLE calendar (
  date Date32,
  type LowCardinality(String),
  shop LowCardinality(String),
  `from` LowCardinality(String),
  `to` LowCardinality(String),
  factor Nullable(Decimal(9, 4)),
  metric LowCardinality(String),
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (date, type, shop, metric, `from`, content_hash);

-- shard by everywhere
CREATE TABLE agents (
  agent_id String,
  name String,
  team LowCardinality(String),
  shop LowCardinality(String),
  tier LowCardinality(String),
  employment LowCardinality(String),
  hired_on Nullable(Date32),
  left_on Nullable(Date32),
  manager_id String,
  monthly_salary_fen Nullable(Int64),
  valid_from Nullable(Date32),
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (agent_id, content_hash);

-- shard by everywhere
CREATE TABLE attendance (
  agent_id LowCardinality(String),
  scheduled_start DateTime64(3, 'UTC'),
  scheduled_end DateTime64(3, 'UTC'),
  actual_start Nullable(DateTime64(3, 'UTC')),
  actual_end Nullable(DateTime64(3, 'UTC')),
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (agent_id, scheduled_start, content_hash);

-- shard by session_id
CREATE TABLE sessions (
  session_id String,
  customer_id String,
  started_at DateTime64(3, 'UTC'),
  ended_at Nullable(DateTime64(3, 'UTC')),
  channel LowCardinality(String),
  shop LowCardinality(String),
  queue LowCardinality(String),
  issue LowCardinality(String),
  queued_at Nullable(DateTime64(3, 'UTC')),
  assigned_agent_id LowCardinality(String),
  assigned_at Nullable(DateTime64(3, 'UTC')),
  handoff_at Nullable(DateTime64(3, 'UTC')),
  initiated_by LowCardinality(String),
  ended_by LowCardinality(String),
  offline Nullable(Bool),
  test Nullable(Bool),
  invited_at Nullable(DateTime64(3, 'UTC')),
  transferred_from LowCardinality(String),
  talk_ms Nullable(Int64),
  hold_ms Nullable(Int64),
  wrap_ms Nullable(Int64),
  updated_at Nullable(DateTime64(3, 'UTC')),
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (session_id, content_hash);

-- `key` identifies the message inside its session: hash of message_id, or of (at, sender, sender_id, text, k).
-- session_id is '' only in uncut_messages, whose rows arrived with a customer and no session.
-- shard by session_id
CREATE TABLE messages (
  session_id String CODEC(ZSTD(1)),
  at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  seq UInt32 CODEC(ZSTD(1)),
  sender Enum8('customer' = 1, 'bot' = 2, 'system' = 3, 'agent' = 4),
  message_id String CODEC(ZSTD(1)),
  content_hash UInt64 CODEC(NONE),
  key UInt64 CODEC(NONE),
  customer_id String CODEC(ZSTD(1)),
  sender_id LowCardinality(String),
  auto Bool,
  kind Enum8('text' = 1, 'image' = 2, 'product' = 3, 'invitation' = 4, 'note' = 5, 'withdrawn' = 6),
  text String CODEC(ZSTD(1)),
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  INDEX by_import import_id TYPE minmax GRANULARITY 1
) ENGINE = MergeTree ORDER BY (session_id, at, seq, sender, message_id, content_hash)
-- Few rows a mark: sessions are looked up by the ten thousand, each some twenty rows.
SETTINGS index_granularity = 1024;

-- shard by customer_id
CREATE TABLE uncut_messages AS messages ENGINE = MergeTree ORDER BY (customer_id, at, seq, sender, message_id, content_hash);

-- Versions of messages that a later version replaced: remembered, so that the old one arriving again stays a duplicate.
-- shard by session_id
CREATE TABLE superseded_messages (
  session_id String,
  key UInt64,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (session_id, key, content_hash);

-- shard by subject_id
CREATE TABLE events (
  subject_kind LowCardinality(String),
  subject_id String,
  at DateTime64(3, 'UTC'),
  type LowCardinality(String),
  event_id String,
  agent_id LowCardinality(String),
  to_agent_id LowCardinality(String),
  value String,
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (subject_kind, subject_id, at, type, event_id, content_hash);

-- shard by ticket_id
CREATE TABLE tickets (
  ticket_id String,
  customer_id String,
  agent_id LowCardinality(String),
  created_at DateTime64(3, 'UTC'),
  closed_at Nullable(DateTime64(3, 'UTC')),
  first_closed_at Nullable(DateTime64(3, 'UTC')),
  reopened_at Nullable(DateTime64(3, 'UTC')),
  sla_due_at Nullable(DateTime64(3, 'UTC')),
  kind LowCardinality(String),
  priority LowCardinality(String),
  contacts Nullable(UInt32),
  reopened Nullable(Bool),
  escalated Nullable(Bool),
  status LowCardinality(String),
  product LowCardinality(String),
  serial String,
  issue LowCardinality(String),
  session_id String,
  dispatched Nullable(Bool),
  technician_id LowCardinality(String),
  requesting_team LowCardinality(String),
  updated_at Nullable(DateTime64(3, 'UTC')),
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (ticket_id, content_hash);

-- shard by if(session_id = '', ticket_id, session_id)
CREATE TABLE ratings (
  session_id String,
  ticket_id String,
  score UInt8,
  at DateTime64(3, 'UTC'),
  rating_id String,
  valid Bool,
  nps Nullable(UInt8),
  comment String,
  device String,
  dsr_service Nullable(Decimal(9, 4)),
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (session_id, ticket_id, at, rating_id, content_hash);

-- shard by order_id
CREATE TABLE orders (
  order_id String,
  customer_id String,
  created_at DateTime64(3, 'UTC'),
  amount_fen Int64,
  paid_at Nullable(DateTime64(3, 'UTC')),
  refunded_fen Nullable(Int64),
  sku LowCardinality(String),
  session_id String,
  cancelled_at Nullable(DateTime64(3, 'UTC')),
  silent Nullable(Bool),
  brushed Nullable(Bool),
  updated_at Nullable(DateTime64(3, 'UTC')),
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (order_id, content_hash);

-- shard by agent_id
CREATE TABLE assessments (
  agent_id LowCardinality(String),
  period LowCardinality(String),
  item LowCardinality(String),
  value Decimal(18, 6),
  by String,
  note String,
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (agent_id, period, item, by, content_hash);

-- shard by agent_id
CREATE TABLE incidents (
  agent_id LowCardinality(String),
  at DateTime64(3, 'UTC'),
  item LowCardinality(String),
  severity LowCardinality(String),
  incident_id String,
  session_id String,
  status LowCardinality(String),
  note String,
  attributes Map(LowCardinality(String), String),
  import_id UInt32,
  line UInt32,
  content_hash UInt64
) ENGINE = MergeTree ORDER BY (agent_id, at, item, incident_id, content_hash);
