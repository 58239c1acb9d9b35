-- Where the ledger tells the totals that people were ranked among, as scorecard_entries does for cards: a card that is revised after its
-- publication names them again.
CREATE TABLE pool_entries (
  period text NOT NULL REFERENCES cycles,
  plan_id text NOT NULL,
  plan_version integer NOT NULL,
  -- `all`, the team or shop; '' for the small pools that were ranked together.
  pool text NOT NULL,
  entry text NOT NULL,
  PRIMARY KEY (period, plan_id, plan_version, pool)
);
