-- What rules propose when a period is published, and what a named person decided. Never deleted: one whose basis fell stays and says so.

CREATE TABLE proposals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  period text NOT NULL REFERENCES cycles,
  agent_id text NOT NULL,
  -- As they were at the period's end.
  name text NOT NULL,
  team text NOT NULL,
  shop text NOT NULL,
  kind text NOT NULL CHECK (kind IN (
    'coefficient', 'bonusMonths', 'mentorShare', 'incentive', 'raise', 'promotion', 'star', 'honour',
    'training', 'improvementPlan', 'transfer', 'redLine'
  )),
  -- What of the plan proposes it: the id of an outcome or incentive, else the part of the plan; 'byHand', when and who for a person's own.
  rule text NOT NULL,
  -- The next one where the cards gave something else after the last had been decided.
  revision integer NOT NULL CHECK (revision > 0),
  plan_id text NOT NULL,
  plan_version integer NOT NULL,
  -- The rule's words, in both languages; null where the kind says it all.
  words jsonb,
  -- The cards it rests on: period, version, grade, total.
  basis jsonb NOT NULL,
  suggestion jsonb NOT NULL,
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'declined')),
  -- False once the cards no longer give it.
  supported boolean NOT NULL DEFAULT true,
  proposed_at timestamptz NOT NULL,
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  decided_at timestamptz,
  decided_by text,
  decided_name text,
  decided_reason text,
  -- What was approved: a percentage, a tier, a title, an amount in fen.
  decision jsonb,
  CHECK ((state = 'proposed') = (decided_at IS NULL)),
  CHECK ((decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (decided_reason IS NULL)),
  UNIQUE (period, agent_id, kind, rule, revision)
);
CREATE INDEX proposals_agent ON proposals (agent_id, id);

-- Everything that happened to a proposal, oldest first; never changed.
CREATE TABLE proposal_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  proposal_id bigint NOT NULL REFERENCES proposals,
  at timestamptz NOT NULL,
  what text NOT NULL CHECK (what IN ('proposed', 'changed', 'fell', 'stands', 'approved', 'declined')),
  by_id text NOT NULL,
  by_name text NOT NULL,
  reason text NOT NULL DEFAULT '',
  -- What was suggested before, where it changed.
  before jsonb
);
CREATE INDEX proposal_events_proposal ON proposal_events (proposal_id, id);
