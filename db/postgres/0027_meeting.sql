-- Calibration meetings: a person moved to another grade of a closed period, with the reason; each move is a version of the card as well.

CREATE TABLE meeting_moves (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  period text NOT NULL REFERENCES cycles,
  agent_id text NOT NULL,
  agent_name text NOT NULL,
  plan_id text NOT NULL,
  -- The version of the card that the move made; the one before it holds what was.
  version integer NOT NULL,
  from_grade text NOT NULL,
  from_level integer,
  to_grade text NOT NULL,
  to_level integer,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  -- Taken back: nothing is ever deleted.
  undone_at timestamptz,
  undone_by text,
  undone_name text,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
  FOREIGN KEY (period, agent_id, version) REFERENCES scorecards
);
CREATE INDEX meeting_moves_period ON meeting_moves (period, plan_id, id);
