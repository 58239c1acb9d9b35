-- 360 rounds: who rates whom, what was answered, and how far a round is. Raters stand here so that they can go on writing; no page tells who gave what.

CREATE TABLE feedback_rounds (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  period text NOT NULL,
  plan_id text NOT NULL,
  plan_version integer NOT NULL,
  -- The plan's form as it was when the round was made.
  form jsonb NOT NULL,
  -- Nobody is told: it decides the order of comments and the numbers of raters.
  seed text NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'published')),
  made_at timestamptz NOT NULL,
  made_name text NOT NULL,
  opened_at timestamptz,
  opened_name text,
  closed_at timestamptz,
  closed_name text,
  published_at timestamptz,
  published_name text,
  facts_revision integer NOT NULL DEFAULT 0,
  facts_sent integer NOT NULL DEFAULT 0
);

CREATE TABLE feedback_subjects (
  round_id bigint NOT NULL REFERENCES feedback_rounds ON DELETE CASCADE,
  agent_id text NOT NULL,
  name text NOT NULL,
  team text NOT NULL,
  PRIMARY KEY (round_id, agent_id)
);
CREATE INDEX feedback_subjects_agent ON feedback_subjects (agent_id);

-- One form about one person by one rater: an agent, or a member who is none.
CREATE TABLE feedback_ratings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  round_id bigint NOT NULL,
  subject text NOT NULL,
  rater text NOT NULL,
  rater_name text NOT NULL,
  -- Who the rater is to the subject.
  perspective text NOT NULL CHECK (perspective IN ('self', 'peer', 'report', 'other')),
  answers jsonb NOT NULL DEFAULT '{}',
  comment text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 0,
  submitted_at timestamptz,
  UNIQUE (round_id, subject, rater),
  CHECK ((subject = rater) = (perspective = 'self')),
  FOREIGN KEY (round_id, subject) REFERENCES feedback_subjects ON DELETE CASCADE
);
CREATE INDEX feedback_ratings_rater ON feedback_ratings (rater, round_id);
