-- When a shop is closed within the service hours of a day, between the first opening and the last closing, in order.
-- shard by everywhere
CREATE TABLE service_breaks (
  shop String,
  day Int32,
  from_ms Array(Int64),
  to_ms Array(Int64)
) ENGINE = Join(ANY, LEFT, shop, day);

-- When a ticket was closed, reopened, closed again and so on, in turn: at an instant it is closed if an odd number of them is not after it.
-- Rows derived before know one reopening at most, also in copies of closed periods, which go on saying what they said; facts of an
-- older definition are derived anew (src/facts/factsDefinition.ts).
ALTER TABLE ticket_facts ADD COLUMN IF NOT EXISTS switched_at Array(DateTime64(3, 'UTC')) DEFAULT multiIf(
  first_closed_at IS NULL, [],
  reopened_at IS NULL, [assumeNotNull(first_closed_at)],
  reopened_at <= first_closed_at, if(closed_at IS NULL OR closed_at < reopened_at, [], [assumeNotNull(greatest(first_closed_at, closed_at))]),
  closed_at IS NULL OR closed_at < reopened_at, [assumeNotNull(first_closed_at), assumeNotNull(reopened_at)],
  [assumeNotNull(first_closed_at), assumeNotNull(reopened_at), assumeNotNull(closed_at)]);
