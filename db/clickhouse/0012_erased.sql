-- Whose rows are not taken in any more: salted hashes of the ids of erased customers and of their sessions, tickets and orders.
-- shard by everywhere
CREATE TABLE erased_ids (
  hash FixedString(32) CODEC(NONE),
  salt String
) ENGINE = ReplacingMergeTree ORDER BY hash;
