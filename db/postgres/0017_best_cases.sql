-- Learning from the good: conversations proposed as the best of their week, votes on them, and service templates made of them.

CREATE TABLE best_cases (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The Monday of the week it was proposed for.
  week date NOT NULL,
  session_id text NOT NULL UNIQUE,
  agent_id text NOT NULL,
  agent_name text NOT NULL,
  team text NOT NULL,
  shop text NOT NULL,
  issue text NOT NULL,
  happened_at timestamptz NOT NULL,
  reasons text[] NOT NULL,
  -- Why, in figures: stars, the customer's feeling at start and end in hundredths of points.
  rating integer,
  feeling_start integer,
  feeling_end integer,
  -- Place among the proposals of its week, from 1.
  place integer NOT NULL,
  proposed_at timestamptz NOT NULL,
  proposed_by text NOT NULL
);
CREATE INDEX best_cases_week ON best_cases (week, place);

-- Weeks that somebody or the night looked at, also where nothing was good enough.
CREATE TABLE best_case_weeks (
  week date PRIMARY KEY,
  looked_at timestamptz NOT NULL,
  looked_by text NOT NULL,
  candidates integer NOT NULL
);

-- One vote a person and case.
CREATE TABLE best_case_votes (
  case_id bigint NOT NULL REFERENCES best_cases ON DELETE CASCADE,
  member text NOT NULL,
  voted_at timestamptz NOT NULL,
  PRIMARY KEY (case_id, member)
);

-- What everybody may learn from: the excerpt is stored masked, and never as it was written.
CREATE TABLE service_templates (
  case_id bigint PRIMARY KEY REFERENCES best_cases,
  title text NOT NULL,
  strategies text[] NOT NULL,
  own_words text NOT NULL,
  excerpt jsonb NOT NULL,
  -- Title, own words and excerpt, for searching.
  searched text NOT NULL,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  made_name text NOT NULL
);
