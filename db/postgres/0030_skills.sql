-- The skill matrix: skills with their levels in words, jobs with what they ask for, and what level named people gave whom, on which evidence.

-- Skills and jobs as edited; the latest version of each holds. What Heng ships holds where there is no row (src/skills/shippedSkills.ts).
CREATE TABLE skill_versions (
  skill_id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  content jsonb NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  PRIMARY KEY (skill_id, version)
);
CREATE TABLE job_versions (
  job_id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  content jsonb NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  PRIMARY KEY (job_id, version)
);

-- Only ever added: of a person's levels in a skill the latest counts.
CREATE TABLE skill_levels (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id text NOT NULL,
  skill_id text NOT NULL,
  -- null: the level before was taken back.
  level smallint CHECK (level BETWEEN 1 AND 5),
  reason text NOT NULL,
  -- What it rests on: kind, day, what it refers to, words; personal data masked.
  evidence jsonb NOT NULL CHECK (level IS NULL OR jsonb_array_length(evidence) > 0),
  -- It was proposed from facts, and a person took it over.
  was_proposed boolean NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL
);
CREATE INDEX skill_levels_agent ON skill_levels (agent_id, skill_id, id);

CREATE FUNCTION refuse_change_of_skill_level() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a level that was given never changes; give another' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER skill_levels_immutable
  BEFORE UPDATE OR DELETE ON skill_levels
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_skill_level();

-- Proposals that somebody declined: the same facts do not propose the same again.
CREATE TABLE skill_declines (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id text NOT NULL,
  skill_id text NOT NULL,
  level smallint NOT NULL CHECK (level BETWEEN 1 AND 5),
  -- The facts it was proposed from.
  facts text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL
);
CREATE INDEX skill_declines_agent ON skill_declines (agent_id, skill_id);

-- Whose job it is, where somebody said so; the latest counts. Without a row the job of the person's tier.
CREATE TABLE person_jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id text NOT NULL,
  job_id text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL
);
CREATE INDEX person_jobs_agent ON person_jobs (agent_id, id);

-- A rotation is proposed by levels, and decided as all proposals are.
ALTER TABLE proposals DROP CONSTRAINT proposals_kind_check;
ALTER TABLE proposals ADD CONSTRAINT proposals_kind_check CHECK (kind IN (
  'coefficient', 'bonusMonths', 'mentorShare', 'incentive', 'raise', 'promotion', 'star', 'honour',
  'training', 'improvementPlan', 'transfer', 'redLine', 'rotation'
));
