-- Inspection by people: rubrics, samples drawn by plan, the tasks in them, and the forms that inspectors fill in.

CREATE TABLE rubric_versions (
  rubric_id text NOT NULL,
  version integer NOT NULL,
  origin text NOT NULL CHECK (origin IN ('template', 'own')),
  content jsonb NOT NULL,
  -- As it was written, with its comments.
  written text NOT NULL,
  content_hash text NOT NULL,
  published_at timestamptz NOT NULL,
  published_by text NOT NULL,
  PRIMARY KEY (rubric_id, version)
);

CREATE FUNCTION refuse_change_of_rubric() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published rubric never changes; publish its next version';
END $$;
CREATE TRIGGER rubric_versions_immutable
  BEFORE UPDATE OR DELETE ON rubric_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_rubric();

-- A draw: its plan and seed give the same sample from the same population again.
CREATE TABLE inspection_samples (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  plan jsonb NOT NULL,
  seed text NOT NULL,
  drawn_at timestamptz NOT NULL,
  drawn_by text NOT NULL,
  drawn_name text NOT NULL
);

-- What the sample was drawn from: how many there were and how many were taken, so that estimates can be weighted.
CREATE TABLE inspection_strata (
  sample_id bigint NOT NULL REFERENCES inspection_samples,
  stratum text NOT NULL,
  population integer NOT NULL CHECK (population > 0),
  drawn integer NOT NULL CHECK (drawn BETWEEN 0 AND population),
  PRIMARY KEY (sample_id, stratum)
);

-- A conversation (or one message of it) to be judged by a rubric.
CREATE TABLE inspection_tasks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sample_id bigint REFERENCES inspection_samples,
  -- null outside samples: somebody picked it.
  stratum text,
  reasons text[] NOT NULL,
  session_id text NOT NULL,
  -- Place of the message in its conversation, from 0; null: the whole conversation.
  message integer,
  -- Who is credited, and where they were when it happened.
  agent_id text NOT NULL,
  agent_name text NOT NULL,
  team text NOT NULL,
  shop text NOT NULL,
  happened_at timestamptz NOT NULL,
  rubric_id text NOT NULL,
  rubric_version integer NOT NULL,
  hide_agent boolean NOT NULL,
  -- Member who is to do it; null: anybody who may.
  assignee text,
  created_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'submitted', 'disputed', 'reviewed')),
  -- The form that counts.
  final_form bigint,
  -- Which state of it went out as facts: the last change, and the last one that is known to be in.
  facts_revision integer NOT NULL DEFAULT 0,
  facts_sent integer NOT NULL DEFAULT 0,
  -- Items that ever went out as incidents: what is no longer found goes out once more, as overturned.
  facts_items text[] NOT NULL DEFAULT '{}',
  FOREIGN KEY (rubric_id, rubric_version) REFERENCES rubric_versions,
  UNIQUE (sample_id, session_id, message)
);
CREATE INDEX inspection_tasks_assignee ON inspection_tasks (assignee, state);
CREATE INDEX inspection_tasks_agent ON inspection_tasks (agent_id, happened_at);
CREATE INDEX inspection_tasks_unsent ON inspection_tasks (id) WHERE facts_sent < facts_revision;

-- One inspector's judgement. Everybody writes into a form of their own, so nobody overwrites another's.
CREATE TABLE inspection_forms (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_id bigint NOT NULL REFERENCES inspection_tasks,
  inspector text NOT NULL,
  inspector_name text NOT NULL,
  -- The agent the inspector is, where they are one.
  inspector_agent text,
  -- first: what counts unless reviewed. second: a second opinion, counts for agreement. review: answers a dispute.
  purpose text NOT NULL CHECK (purpose IN ('first', 'second', 'review')),
  marks jsonb NOT NULL,
  comment text NOT NULL,
  revision integer NOT NULL,
  seconds integer NOT NULL CHECK (seconds >= 0),
  started_at timestamptz NOT NULL,
  saved_at timestamptz NOT NULL,
  submitted_at timestamptz,
  score numeric(5, 2) CHECK (score BETWEEN 0 AND 100),
  CHECK ((submitted_at IS NULL) = (score IS NULL)),
  UNIQUE (task_id, inspector)
);
ALTER TABLE inspection_tasks ADD FOREIGN KEY (final_form) REFERENCES inspection_forms;
-- Of two who submit at once one comes first.
CREATE UNIQUE INDEX inspection_forms_first ON inspection_forms (task_id) WHERE purpose = 'first' AND submitted_at IS NOT NULL;
CREATE UNIQUE INDEX inspection_forms_review ON inspection_forms (task_id) WHERE purpose = 'review' AND submitted_at IS NOT NULL;

-- What happened to a task, oldest first; never changed.
CREATE TABLE inspection_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_id bigint NOT NULL REFERENCES inspection_tasks,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  what text NOT NULL CHECK (what IN ('submitted', 'undone', 'second', 'asked', 'disputed', 'upheld', 'changed')),
  text text NOT NULL,
  score numeric(5, 2)
);
CREATE INDEX inspection_events_task ON inspection_events (task_id, id);
