-- What people assess by the forms of plans, and nominations. Figures read what was handed in as rows of kind `assessments`.

-- One form about one person by one assessor. What is typed is kept at once; what was handed in is in assessment_versions.
CREATE TABLE given_assessments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  period text NOT NULL,
  plan_id text NOT NULL,
  plan_version integer NOT NULL,
  form_id text NOT NULL,
  agent_id text NOT NULL,
  assessor text NOT NULL,
  assessor_name text NOT NULL,
  -- The agent the assessor is, where they are one.
  assessor_agent text,
  -- The tickets drawn for a checklist, as they were when it was begun.
  tickets text[] NOT NULL,
  answers jsonb NOT NULL,
  note text NOT NULL,
  revision integer NOT NULL CHECK (revision > 0),
  saved_at timestamptz NOT NULL,
  -- The revision that was handed in last; null before the first time.
  submitted_revision integer,
  facts_revision integer NOT NULL DEFAULT 0,
  facts_sent integer NOT NULL DEFAULT 0,
  -- Items that rows of kind assessments were written for: what holds no more is withdrawn.
  facts_items text[] NOT NULL DEFAULT '{}',
  UNIQUE (period, plan_id, form_id, agent_id, assessor)
);
CREATE INDEX given_assessments_unsent ON given_assessments (id) WHERE facts_sent < facts_revision;
CREATE INDEX given_assessments_agent ON given_assessments (agent_id, period);

-- Each handing in, the first and every correction; never changed.
CREATE TABLE assessment_versions (
  given_id bigint NOT NULL REFERENCES given_assessments,
  version integer NOT NULL CHECK (version > 0),
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  answers jsonb NOT NULL,
  note text NOT NULL,
  -- What went in: a list of item and value; empty where nothing could be judged.
  worth jsonb NOT NULL,
  -- Why it was corrected; '' for the first version.
  reason text NOT NULL,
  PRIMARY KEY (given_id, version)
);

-- Somebody who is behind was told so.
CREATE TABLE assessment_reminders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  period text NOT NULL,
  assessor text NOT NULL,
  at timestamptz NOT NULL,
  by_name text NOT NULL
);
CREATE INDEX assessment_reminders_assessor ON assessment_reminders (assessor, period, at);

-- Somebody proposes somebody for points, with evidence; a third person decides.
CREATE TABLE nominations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  period text NOT NULL,
  plan_id text NOT NULL,
  plan_version integer NOT NULL,
  form_id text NOT NULL,
  item text NOT NULL,
  -- Points at most for a person and period, as the form says.
  most numeric(10, 4) NOT NULL,
  agent_id text NOT NULL,
  agent_name text NOT NULL,
  team text NOT NULL,
  shop text NOT NULL,
  what text NOT NULL,
  evidence text NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  facts_revision integer NOT NULL DEFAULT 0,
  facts_sent integer NOT NULL DEFAULT 0
);
CREATE INDEX nominations_period ON nominations (period, id);

-- Every decision on a nomination; the latest holds; never changed.
CREATE TABLE nomination_decisions (
  nomination_id bigint NOT NULL REFERENCES nominations,
  version integer NOT NULL CHECK (version > 0),
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  accepted boolean NOT NULL,
  points numeric(10, 4) NOT NULL,
  reason text NOT NULL,
  CHECK (accepted OR points = 0),
  PRIMARY KEY (nomination_id, version)
);

CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row of % is never changed; a correction is a version of its own', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER assessment_versions_immutable
  BEFORE UPDATE OR DELETE ON assessment_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER nomination_decisions_immutable
  BEFORE UPDATE OR DELETE ON nomination_decisions
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
