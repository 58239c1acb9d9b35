-- Appeals against published results: what is disputed, with what evidence, who decided what, and what came of it.

CREATE TABLE appeals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  period text NOT NULL REFERENCES cycles,
  agent_id text NOT NULL,
  agent_name text NOT NULL,
  team text NOT NULL,
  shop text NOT NULL,
  -- The card as it was when the appeal was made.
  card_version integer NOT NULL,
  plan_id text NOT NULL,
  -- What is disputed: an item of the card by its id, an inspection by its number, an incident by its id.
  kind text NOT NULL CHECK (kind IN ('item', 'inspection', 'incident')),
  subject text NOT NULL,
  -- The same in words of both languages, as { zh, en }.
  title jsonb NOT NULL,
  -- The items that it touches, whose part of the payout is held.
  items text[] NOT NULL,
  -- A red line touches the whole card.
  whole boolean NOT NULL,
  -- The rule that found it, where one did.
  rule text,
  -- Who judged it: members who may not decide on it, and the one whom statistics name.
  judged_by text[] NOT NULL,
  judge_name text,
  reason text NOT NULL,
  submitted_at timestamptz NOT NULL,
  submitted_by text NOT NULL,
  submitted_name text NOT NULL,
  -- submitted: waits for the supervisor. hr: waits for HR. final: decided.
  state text NOT NULL CHECK (state IN ('submitted', 'hr', 'final')),
  outcome text CHECK (outcome IN ('upheld', 'rejected')),
  -- The day by whose end the step at hand is to be decided; null once it is final.
  due_on date,
  -- What changed, before and after, where it was upheld.
  result jsonb,
  CHECK ((state = 'final') = (outcome IS NOT NULL)),
  CHECK ((state = 'final') = (due_on IS NULL)),
  -- One result is appealed against once.
  UNIQUE (period, agent_id, kind, subject)
);
CREATE INDEX appeals_open ON appeals (period, state);

-- Attached by the appellant or by whoever decides; only ever added to.
CREATE TABLE appeal_evidence (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  appeal_id bigint NOT NULL REFERENCES appeals,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('text', 'session', 'ticket', 'order', 'file')),
  -- The text, the id of what is linked, or the name of the file.
  text text NOT NULL,
  -- Of a file: its type as its first bytes say, and the file.
  media_type text,
  content bytea,
  CHECK ((kind = 'file') = (content IS NOT NULL)),
  CHECK ((kind = 'file') = (media_type IS NOT NULL))
);
CREATE INDEX appeal_evidence_appeal ON appeal_evidence (appeal_id, id);

-- A word of the supervisor, then the decision of HR: each by a named person, with a reason.
CREATE TABLE appeal_decisions (
  appeal_id bigint NOT NULL REFERENCES appeals,
  step text NOT NULL CHECK (step IN ('supervisor', 'hr')),
  decision text NOT NULL CHECK (decision IN ('upheld', 'rejected')),
  reason text NOT NULL,
  -- What is to be put right, as proposed or decided.
  corrections jsonb NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  PRIMARY KEY (appeal_id, step)
);

-- The same hit on other people's cards: somebody looks at each again; nothing changes by itself.
CREATE TABLE appeal_reviews (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  appeal_id bigint NOT NULL REFERENCES appeals,
  period text NOT NULL,
  agent_id text NOT NULL,
  agent_name text NOT NULL,
  team text NOT NULL,
  shop text NOT NULL,
  incident_id text NOT NULL,
  incident text NOT NULL,
  happened_at text NOT NULL,
  session_id text,
  state text NOT NULL CHECK (state IN ('open', 'stands', 'overturned')),
  reason text NOT NULL DEFAULT '',
  decided_at timestamptz,
  decided_by text,
  decided_name text,
  result jsonb,
  CHECK ((state = 'open') = (decided_at IS NULL)),
  UNIQUE (period, agent_id, incident_id)
);

-- Incidents that were overturned and still have to go through the import, so that live figures agree.
CREATE TABLE appeal_incidents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  row jsonb NOT NULL,
  sent boolean NOT NULL DEFAULT false
);
CREATE INDEX appeal_incidents_unsent ON appeal_incidents (id) WHERE NOT sent;

-- What happens to an inspection when an appeal against it is upheld: its result counts no more.
ALTER TABLE inspection_events DROP CONSTRAINT inspection_events_what_check;
ALTER TABLE inspection_events ADD CONSTRAINT inspection_events_what_check
  CHECK (what IN ('submitted', 'undone', 'second', 'asked', 'disputed', 'upheld', 'changed', 'appealed'));
