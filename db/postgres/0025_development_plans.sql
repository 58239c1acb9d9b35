-- Trainings and improvement plans, opened by approving a proposal: goals, talks on the way, and an end that a person decides.

CREATE TABLE development_plans (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  proposal_id bigint NOT NULL UNIQUE REFERENCES proposals,
  kind text NOT NULL CHECK (kind IN ('training', 'improvementPlan')),
  agent_id text NOT NULL,
  name text NOT NULL,
  team text NOT NULL,
  shop text NOT NULL,
  period text NOT NULL,
  -- By item lost: the metric with its figure and target then, and what to learn.
  goals jsonb NOT NULL,
  paid_months integer,
  opened_at timestamptz NOT NULL,
  opened_by text NOT NULL,
  opened_name text NOT NULL,
  ends_on date NOT NULL,
  ended_at timestamptz,
  ended_by text,
  ended_name text,
  -- reached: the goals were. notReached: what follows is a proposal of its own. stopped: it was not gone on with.
  result text CHECK (result IN ('reached', 'notReached', 'stopped')),
  ended_reason text,
  CHECK ((ended_at IS NULL) = (result IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)),
  CHECK ((ended_at IS NULL) = (ended_reason IS NULL))
);
CREATE INDEX development_plans_agent ON development_plans (agent_id, id);

-- Talks, and goals that were reached on the way; never changed. An extension is one, with the new last day.
CREATE TABLE development_notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan_id bigint NOT NULL REFERENCES development_plans,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  -- The day of the talk.
  day date NOT NULL,
  note text NOT NULL,
  -- Ids of items whose goal counts as reached from now on.
  reached text[] NOT NULL,
  ends_on date
);
CREATE INDEX development_notes_plan ON development_notes (plan_id, id);
