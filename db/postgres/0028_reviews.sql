-- Review of plans: occasions that make plans due for review, interviews and what they changed, and the committee's meetings and actions.

CREATE TABLE review_occasions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('product', 'policy', 'season', 'other')),
  title text NOT NULL,
  -- From this day on its plans are due for review.
  day date NOT NULL,
  note text NOT NULL,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  made_name text NOT NULL,
  -- Called off: its plans are due no more.
  dropped_at timestamptz,
  dropped_name text,
  dropped_reason text,
  CHECK ((dropped_at IS NULL) = (dropped_reason IS NULL))
);

-- Which plans an occasion concerns, and what came of the review of each.
CREATE TABLE reviewed_plans (
  occasion_id bigint NOT NULL REFERENCES review_occasions,
  plan_id text NOT NULL,
  -- kept: as it is. changed: a draft or a version came of it.
  outcome text CHECK (outcome IN ('kept', 'changed')),
  reason text,
  draft_id text,
  version integer,
  decided_at timestamptz,
  decided_by text,
  decided_name text,
  PRIMARY KEY (occasion_id, plan_id),
  CHECK ((outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (reason IS NULL)),
  CHECK (outcome IS DISTINCT FROM 'changed' OR (draft_id IS NULL) <> (version IS NULL)),
  CHECK (outcome = 'changed' OR (draft_id IS NULL AND version IS NULL)),
  FOREIGN KEY (plan_id, version) REFERENCES plan_versions
);
CREATE INDEX reviewed_plans_due ON reviewed_plans (plan_id) WHERE outcome IS NULL;

-- What people and customers said; personal data is masked before it is stored.
CREATE TABLE review_interviews (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  occasion_id bigint REFERENCES review_occasions,
  whom text NOT NULL CHECK (whom IN ('person', 'customer')),
  -- A person is an agent, as they were that day; a customer is described in words.
  agent_id text,
  team text,
  shop text,
  name text NOT NULL,
  day date NOT NULL,
  summary text NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  CHECK ((whom = 'person') = (agent_id IS NOT NULL))
);

-- What an interview changed: a version of a plan, or of a metric's definition. Only ever added.
CREATE TABLE interview_changes (
  interview_id bigint NOT NULL REFERENCES review_interviews,
  what text NOT NULL CHECK (what IN ('plan', 'definition')),
  subject text NOT NULL,
  version integer NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  PRIMARY KEY (interview_id, what, subject, version)
);

CREATE TABLE committee_meetings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day date NOT NULL,
  departments text[] NOT NULL,
  notes text NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL
);

CREATE TABLE committee_actions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  meeting_id bigint NOT NULL REFERENCES committee_meetings,
  occasion_id bigint REFERENCES review_occasions,
  department text NOT NULL,
  owner text NOT NULL,
  what text NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL
);
CREATE INDEX committee_actions_open ON committee_actions (due_on) WHERE state = 'open';

-- Every move of an action with its reason, a later day among them; never changed.
CREATE TABLE action_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  action_id bigint NOT NULL REFERENCES committee_actions,
  what text NOT NULL CHECK (what IN ('done', 'dropped', 'reopened', 'moved')),
  reason text NOT NULL,
  due_on date NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL
);
CREATE INDEX action_events_action ON action_events (action_id, id);
