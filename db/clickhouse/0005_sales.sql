-- Orders and what led to them. A derivation writes a new version of each row of a touched customer (or a tombstone, `gone`); readers use FINAL.

-- The version that holds of each order in scope, beside its customer's sessions. Emptied and filled by each derivation.
-- shard by customer_id
CREATE TABLE derivation_orders (
  order_id String,
  customer_id String,
  created_at DateTime64(3, 'UTC'),
  paid_at Nullable(DateTime64(3, 'UTC')),
  cancelled_at Nullable(DateTime64(3, 'UTC')),
  amount_fen Int64,
  refunded_fen Int64,
  sku LowCardinality(String),
  session_id String,
  shop LowCardinality(String),
  brushed Bool
) ENGINE = MergeTree ORDER BY (customer_id, order_id);

-- One row per order. round_*: the answered turns of the customer's inquiries from 15 days before the order was placed until it was paid, in order
-- of time; contact_*: sessions that an agent began, until an hour after the payment. Every rule, window and way of crediting follows
-- from them; by_*: the verdict of each rule with the default window and claw-back, side by side.
-- shard by customer_id
CREATE TABLE order_facts (
  order_id String CODEC(ZSTD(1)),
  customer_id String CODEC(ZSTD(1)),
  created_at DateTime64(3, 'UTC'),
  paid_at Nullable(DateTime64(3, 'UTC')),
  cancelled_at Nullable(DateTime64(3, 'UTC')),
  amount_fen Int64,
  refunded_fen Int64,
  sku LowCardinality(String),
  session_id String,
  shop LowCardinality(String),
  channel LowCardinality(String),
  queue LowCardinality(String),
  brushed Bool,
  round_at Array(DateTime64(3, 'UTC')),
  round_session_id Array(String),
  round_agent_id Array(LowCardinality(String)),
  contact_at Array(DateTime64(3, 'UTC')),
  contact_session_id Array(String),
  contact_agent_id Array(LowCardinality(String)),
  -- The customer's latest earlier payment of an order that stood; NULL for a first buyer.
  previous_paid_at Nullable(DateTime64(3, 'UTC')),
  -- Whether this is the customer's first payment of its local day, so that a buyer counts once a day.
  first_of_day Bool,
  by_order_last_chat Tuple(agent_id LowCardinality(String), session_id String, reason LowCardinality(String)),
  by_order_rounds Tuple(agent_id LowCardinality(String), session_id String, reason LowCardinality(String)),
  by_payment_last_chat Tuple(agent_id LowCardinality(String), session_id String, reason LowCardinality(String)),
  by_payment_rounds Tuple(agent_id LowCardinality(String), session_id String, reason LowCardinality(String)),
  by_order_first_last_chat Tuple(agent_id LowCardinality(String), session_id String, reason LowCardinality(String)),
  by_order_first_rounds Tuple(agent_id LowCardinality(String), session_id String, reason LowCardinality(String)),
  version UInt64,
  gone UInt8,
  INDEX by_creation created_at TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, gone) ORDER BY order_id;

-- One row per customer and local day on which the customer asked (guidance 0) or an agent approached the customer (guidance 1), with the order that
-- followed: paid by the end of the next day, or within 30 days of the approach. Its columns are those of order_facts.
-- shard by customer_id
CREATE TABLE sales_contacts (
  contact_id String CODEC(ZSTD(1)),
  customer_id String CODEC(ZSTD(1)),
  guidance Bool,
  started_at DateTime64(3, 'UTC'),
  session_id String,
  shop LowCardinality(String),
  channel LowCardinality(String),
  queue LowCardinality(String),
  issue LowCardinality(String),
  last_chat_agent_id LowCardinality(String),
  rounds_agent_id LowCardinality(String),
  -- The latest payment before, if any, of an order that stood; whether an order was open or just paid at that instant.
  previous_paid_at Nullable(DateTime64(3, 'UTC')),
  amid_order Bool,
  order_id String,
  created_at DateTime64(3, 'UTC'),
  paid_at Nullable(DateTime64(3, 'UTC')),
  cancelled_at Nullable(DateTime64(3, 'UTC')),
  brushed Bool,
  round_at Array(DateTime64(3, 'UTC')),
  round_session_id Array(String),
  round_agent_id Array(LowCardinality(String)),
  contact_at Array(DateTime64(3, 'UTC')),
  contact_session_id Array(String),
  contact_agent_id Array(LowCardinality(String)),
  version UInt64,
  gone UInt8,
  INDEX by_start started_at TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, gone) ORDER BY contact_id;
