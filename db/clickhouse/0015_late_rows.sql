-- What lets rows that come late, again or corrected end in the same facts as if they had come at once.

-- The rows of event logs, each a step of a ticket, as they arrived: tickets and their events are folded from all of them at each derivation
-- (src/facts/foldTickets.ts), and what is folded has import_id 0. step, reopens: NULL where the log has no such column. The columns of
-- a ticket say what the row says of it, NULL or '' where it says nothing.
-- shard by ticket_id
CREATE TABLE ticket_log (
  ticket_id String,
  at DateTime64(3, 'UTC'),
  step Nullable(Int64),
  closed Bool,
  reopens Nullable(Int64),
  handler LowCardinality(String),
  customer_id String,
  agent_id LowCardinality(String),
  created_at Nullable(DateTime64(3, 'UTC')),
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
) ENGINE = MergeTree ORDER BY (ticket_id, at, content_hash);

-- Versions of ratings and events that a later version of the same id replaced under another subject: taken out, and remembered, so that the old
-- one arriving again stays a duplicate. import_id: the derivation that took it out looks at the subject again.
-- shard by subject_id
CREATE TABLE superseded_rows (
  kind LowCardinality(String),
  subject_kind LowCardinality(String),
  subject_id String,
  content_hash UInt64,
  import_id UInt32
) ENGINE = MergeTree ORDER BY (kind, content_hash, subject_kind, subject_id);
