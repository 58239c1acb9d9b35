-- Appraisal cycles: a period on its way from draft to final, and the cards that were frozen when it was closed.

CREATE TABLE cycles (
  -- 2026-10, 2026-Q4 or 2026.
  period text PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'published', 'final')),
  -- The local day on which it was published: appeals are counted from it.
  published_on date,
  changed_at timestamptz NOT NULL,
  CHECK ((published_on IS NOT NULL) = (state IN ('published', 'final')))
);

-- Every move, forwards and back, with who made it; never changed.
CREATE TABLE cycle_moves (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  period text NOT NULL REFERENCES cycles,
  from_state text NOT NULL,
  to_state text NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  -- Why, where something was still missing.
  reason text NOT NULL DEFAULT ''
);
CREATE INDEX cycle_moves_period ON cycle_moves (period, id);

-- What a period's cards were made from. The rows of facts are copied whole into a database of their own; `copy` names it.
CREATE TABLE closings (
  period text PRIMARY KEY REFERENCES cycles,
  copy text NOT NULL,
  closed_at timestamptz NOT NULL,
  closed_by text NOT NULL,
  closed_name text NOT NULL,
  -- The metrics as they were defined, as canonical JSON; the ledger knows it by its hash.
  metrics text NOT NULL,
  -- Plan versions with their hashes, the calendar's days and the exemptions that held.
  plans jsonb NOT NULL,
  calendar jsonb NOT NULL,
  exemptions jsonb NOT NULL,
  people integer NOT NULL
);

-- How far a long piece of work has come, for whoever looks on; gone when it is done.
CREATE TABLE cycle_work (
  period text PRIMARY KEY REFERENCES cycles,
  verb text NOT NULL,
  stage text NOT NULL,
  done integer NOT NULL,
  total integer NOT NULL,
  started_at timestamptz NOT NULL,
  by_name text NOT NULL,
  -- The code of what went wrong; null while it goes on.
  failure text
);

-- Frozen cards. The first version is made by closing; each later one stands beside it with who made it and why.
CREATE TABLE scorecards (
  period text NOT NULL REFERENCES cycles,
  agent_id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  plan_id text NOT NULL,
  plan_version integer NOT NULL,
  plan_hash text NOT NULL,
  -- Name, team, shop and tier as they were at the period's end.
  person jsonb NOT NULL,
  -- What the plan looked at (values with numerator and denominator, incidents, days); null for a quarter or a year.
  input jsonb,
  card jsonb NOT NULL,
  -- By item: how many rows of facts stand behind the figure, and their sha256.
  evidence jsonb NOT NULL,
  total numeric(6, 2),
  -- The grade that counts: of the bands, of the distribution, or as a calibration meeting decided.
  grade text,
  -- The level within a grade of the distribution.
  level integer,
  graded_by text NOT NULL CHECK (graded_by IN ('bands', 'distribution', 'meeting')),
  coefficient numeric(10, 4),
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  made_name text NOT NULL,
  cause text NOT NULL CHECK (cause IN ('closing', 'revision', 'appeal', 'meeting')),
  reason text NOT NULL DEFAULT '',
  PRIMARY KEY (period, agent_id, version)
);
CREATE INDEX scorecards_agent ON scorecards (agent_id, period);

-- Where the ledger speaks of a card: the entry's hash.
CREATE TABLE scorecard_entries (
  period text NOT NULL,
  agent_id text NOT NULL,
  version integer NOT NULL,
  entry text NOT NULL,
  PRIMARY KEY (period, agent_id, version),
  FOREIGN KEY (period, agent_id, version) REFERENCES scorecards
);

CREATE FUNCTION refuse_change_of_frozen_card() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'card % of % in % is frozen; a revision is a version of its own', OLD.version, OLD.agent_id, OLD.period
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER scorecards_immutable
  BEFORE UPDATE ON scorecards
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen_card();
