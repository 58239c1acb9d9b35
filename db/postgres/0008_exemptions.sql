-- Days on which something outside a person's control kept figures from counting: entered by one person, approved by another,
-- never deleted.

CREATE TABLE exemptions (
  id text PRIMARY KEY,
  -- all: everybody. team, shop, agent: those of `subject`.
  covers text NOT NULL CHECK (covers IN ('all', 'team', 'shop', 'agent')),
  subject text NOT NULL CHECK ((covers = 'all') = (subject = '')),
  -- Empty: every metric that can be told by the day.
  metrics text[] NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL CHECK (last_day >= first_day),
  reason text NOT NULL CHECK (reason IN ('outage', 'holiday', 'other')),
  note text NOT NULL,
  entered_at timestamptz NOT NULL,
  entered_by text NOT NULL,
  entered_name text NOT NULL,
  approved_at timestamptz,
  approved_by text CHECK (approved_by <> entered_by),
  approved_name text,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_name text,
  withdrawn_reason text,
  CHECK ((approved_at IS NULL) = (approved_by IS NULL) AND (approved_at IS NULL) = (approved_name IS NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
);
CREATE INDEX exemptions_days ON exemptions (first_day, last_day);

-- On whose card it took effect; the first time is written into the audit.
CREATE TABLE exemption_uses (
  exemption_id text NOT NULL REFERENCES exemptions,
  agent_id text NOT NULL,
  period text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (exemption_id, agent_id, period)
);
