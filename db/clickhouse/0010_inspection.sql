-- What the inspection of the text showed. It follows the facts (src/quality/rules/), never the other way round: a row may be
-- missing for a session that was just imported. Times, sums and hundredths of points are integers.

-- One row per inspected session, the last inspection of it. feeling_*: the customer's messages in order, 0 to 10,000 hundredths of
-- points. slice_*: one element per agent, with the customer's words that this agent answered. rule_set: the rules it went by.
-- shard by session_id
CREATE TABLE inspected_sessions (
  session_id String CODEC(ZSTD(1)),
  shop LowCardinality(String),
  channel LowCardinality(String),
  queue LowCardinality(String),
  issue LowCardinality(String),
  started_at DateTime64(3, 'UTC'),
  closed_at DateTime64(3, 'UTC'),
  owner_agent_id LowCardinality(String),
  -- False for what no metric counts: test, bot-only, without a customer message, outage.
  counted Bool,
  feeling_key Array(UInt64),
  feeling_at Array(DateTime64(3, 'UTC')),
  feeling Array(UInt16),
  feeling_start Nullable(UInt16),
  feeling_end Nullable(UInt16),
  temperature Nullable(UInt16),
  slice_agent_id Array(LowCardinality(String)),
  slice_replies Array(UInt32),
  slice_personal Array(UInt32),
  slice_tokens Array(UInt32),
  slice_negative_tokens Array(UInt32),
  slice_feeling Array(Nullable(UInt16)),
  engine LowCardinality(String),
  facts_version UInt64,
  rule_set UInt32,
  inspected_at DateTime64(3, 'UTC'),
  version UInt64,
  gone UInt8 DEFAULT 0,
  INDEX by_start started_at TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, gone) ORDER BY session_id;

-- One row per session, rule, version of the rule and message (0: the conversation as a whole). A hit that no longer holds, because
-- the text, the rule or a list changed, stays with live = 0. hit_from, hit_to: UTF-16 places in the message.
-- shard by session_id
CREATE TABLE rule_hits (
  session_id String CODEC(ZSTD(1)),
  rule LowCardinality(String),
  rule_version UInt32,
  message_key UInt64,
  message_at DateTime64(3, 'UTC'),
  hit_from Array(UInt32),
  hit_to Array(UInt32),
  agent_id LowCardinality(String),
  shop LowCardinality(String),
  channel LowCardinality(String),
  queue LowCardinality(String),
  issue LowCardinality(String),
  started_at DateTime64(3, 'UTC'),
  engine LowCardinality(String),
  live UInt8,
  version UInt64,
  INDEX by_message message_at TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version) ORDER BY (session_id, rule, rule_version, message_key);

-- What people said of hits, the last word on each: right, wrong, or (missed) that a message should have been a hit and was none.
-- by_words: the rule looks for listed words. Copied from PostgreSQL (hit_decisions), from where it can be written again.
-- shard by session_id
CREATE TABLE hit_labels (
  session_id String CODEC(ZSTD(1)),
  rule LowCardinality(String),
  message_key UInt64,
  agent_id LowCardinality(String),
  label LowCardinality(String),
  by_words Bool,
  labelled_at DateTime64(3, 'UTC'),
  version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (session_id, rule, message_key);
