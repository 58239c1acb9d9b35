-- What people decided about hits. Only ever added to; the last decision that is no comment holds. missed: a message that a rule should
-- have hit and did not, found by a person.
CREATE TABLE hit_decisions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  session_id text NOT NULL,
  rule text NOT NULL,
  rule_version integer NOT NULL,
  message_key numeric(20) NOT NULL,
  agent_id text NOT NULL,
  message_at timestamptz NOT NULL,
  decision text NOT NULL CHECK (decision IN ('confirmed', 'overturned', 'missed', 'comment')),
  comment text NOT NULL DEFAULT '',
  decided_at timestamptz NOT NULL,
  decided_by text NOT NULL,
  decider_name text NOT NULL,
  -- The incident that follows: none, due (still to be written), written, or refused by the import.
  incident text NOT NULL DEFAULT 'none' CHECK (incident IN ('none', 'due', 'written', 'refused')),
  -- The row of the incident as the import takes it; null where none follows.
  incident_row jsonb,
  -- Whether the rule looks for listed words; null of a comment.
  by_words boolean,
  -- Still to be copied to the facts.
  label_due boolean NOT NULL DEFAULT false
);
CREATE INDEX hit_decisions_hit ON hit_decisions (session_id, rule, message_key);
CREATE INDEX hit_decisions_rule ON hit_decisions (rule, id);
CREATE INDEX hit_decisions_due ON hit_decisions (id) WHERE incident = 'due' OR label_due;

-- Rules tried on history before they are used.
CREATE TABLE rule_trials (
  id uuid PRIMARY KEY,
  started_at timestamptz NOT NULL,
  started_by text NOT NULL,
  state jsonb NOT NULL
);
