-- A language model that suggests levels. Kept apart from people's forms and from facts: no score and no metric reads these tables.

-- Every request that left, before it leaves: what the month's budget and the rate are counted by.
CREATE TABLE assistant_requests (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  -- Of the organisation's calendar, such as 2026-11.
  month text NOT NULL,
  task_id bigint NOT NULL REFERENCES inspection_tasks,
  by_id text NOT NULL,
  by_name text NOT NULL,
  -- Endpoint, model and version of the instructions.
  model text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('sent', 'answered', 'unreadable', 'refused', 'failed', 'timedOut', 'unreachable', 'address', 'tooLarge')),
  status integer,
  -- As the endpoint counted them; until it has answered, the most it can be.
  tokens bigint NOT NULL CHECK (tokens >= 0),
  duration_ms integer
);
CREATE INDEX assistant_requests_month ON assistant_requests (month);
CREATE INDEX assistant_requests_at ON assistant_requests (at);

CREATE TABLE assistant_suggestions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_id bigint NOT NULL REFERENCES inspection_tasks,
  model text NOT NULL,
  asked_at timestamptz NOT NULL,
  items jsonb NOT NULL,
  discarded jsonb NOT NULL,
  -- First shown to somebody who had not handed in yet: what they then hand in says nothing of agreement.
  shown_at timestamptz,
  UNIQUE (task_id, model)
);
