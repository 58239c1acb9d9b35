-- Calibration: several people score the same conversations without seeing each other's scores, then talk about them.
CREATE TABLE calibration_rounds (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  rubric_id text NOT NULL,
  rubric_version integer NOT NULL,
  -- Whose scores are the baseline; null: the median of all.
  expert text,
  opened_at timestamptz NOT NULL,
  opened_by text NOT NULL,
  closed_at timestamptz,
  -- What was agreed to word differently in the rubric from now on.
  outcome text NOT NULL DEFAULT '',
  facts_revision integer NOT NULL DEFAULT 0,
  facts_sent integer NOT NULL DEFAULT 0,
  FOREIGN KEY (rubric_id, rubric_version) REFERENCES rubric_versions
);

CREATE TABLE calibration_raters (
  round_id bigint NOT NULL REFERENCES calibration_rounds,
  member text NOT NULL,
  name text NOT NULL,
  agent_id text,
  PRIMARY KEY (round_id, member)
);

CREATE TABLE calibration_records (
  round_id bigint NOT NULL REFERENCES calibration_rounds,
  place integer NOT NULL,
  session_id text NOT NULL,
  agent_id text NOT NULL,
  team text NOT NULL,
  shop text NOT NULL,
  happened_at timestamptz NOT NULL,
  PRIMARY KEY (round_id, place),
  UNIQUE (round_id, session_id)
);

CREATE TABLE calibration_forms (
  round_id bigint NOT NULL,
  place integer NOT NULL,
  member text NOT NULL,
  marks jsonb NOT NULL,
  comment text NOT NULL,
  revision integer NOT NULL,
  seconds integer NOT NULL CHECK (seconds >= 0),
  saved_at timestamptz NOT NULL,
  submitted_at timestamptz,
  score numeric(5, 2) CHECK (score BETWEEN 0 AND 100),
  CHECK ((submitted_at IS NULL) = (score IS NULL)),
  PRIMARY KEY (round_id, place, member),
  FOREIGN KEY (round_id, place) REFERENCES calibration_records,
  FOREIGN KEY (round_id, member) REFERENCES calibration_raters
);

CREATE TABLE calibration_notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  round_id bigint NOT NULL,
  place integer NOT NULL,
  at timestamptz NOT NULL,
  member text NOT NULL,
  name text NOT NULL,
  text text NOT NULL,
  FOREIGN KEY (round_id, place) REFERENCES calibration_records
);
