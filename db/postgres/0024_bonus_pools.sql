-- The budget for a period's payouts, with who set it and why. The last one of a period counts; earlier ones stay.

CREATE TABLE bonus_pools (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  period text NOT NULL REFERENCES cycles,
  -- null: the budget was lifted.
  cap_fen bigint CHECK (cap_fen >= 0),
  -- Nobody gets less than this share of their own amount.
  floor_percent numeric(5, 2) NOT NULL CHECK (floor_percent BETWEEN 0 AND 100),
  -- Nobody gets more than this; null: no such limit.
  ceiling_fen bigint CHECK (ceiling_fen >= 0),
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  reason text NOT NULL
);
CREATE INDEX bonus_pools_period ON bonus_pools (period, id);
