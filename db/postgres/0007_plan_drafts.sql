-- Drafts are kept apart from versions: several of a plan, as typed, valid or not. What is in plan_versions is published.

CREATE TABLE plan_drafts (
  id text PRIMARY KEY,
  -- The plan it would become a version of; may be one that does not exist yet.
  plan_id text NOT NULL,
  -- YAML as somebody typed it, comments and mistakes included.
  content text NOT NULL,
  -- Counts the saves: whoever saves names the one they saw.
  revision integer NOT NULL CHECK (revision > 0),
  -- template: a shipped plan that changed with a release. own: made by people.
  origin text NOT NULL CHECK (origin IN ('template', 'own')),
  -- The shipped content it came from, so that a template that was declined is not offered again.
  template_hash text,
  -- The version it was made from; null for an uploaded or new plan.
  base_version integer,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  saved_at timestamptz NOT NULL,
  saved_by text NOT NULL,
  -- Kept for as long as somebody may take it back.
  deleted_at timestamptz
);
CREATE INDEX plan_drafts_plan ON plan_drafts (plan_id);

INSERT INTO plan_drafts
  (id, plan_id, content, revision, origin, template_hash, base_version, created_at, created_by, saved_at, saved_by)
SELECT gen_random_uuid()::text, plan_id, content, 1, origin, CASE origin WHEN 'template' THEN hash END, NULL,
       created_at, created_by, created_at, created_by
FROM plan_versions WHERE status = 'draft';

DELETE FROM plan_versions WHERE status = 'draft';
DROP INDEX plan_versions_draft;
DROP TRIGGER plan_versions_immutable ON plan_versions;
ALTER TABLE plan_versions DROP COLUMN status;
ALTER TABLE plan_versions ALTER COLUMN published_at SET NOT NULL, ALTER COLUMN published_by SET NOT NULL;
-- As it was written, with its comments; null for versions published before this was kept.
ALTER TABLE plan_versions ADD COLUMN written text;
CREATE TRIGGER plan_versions_immutable
  BEFORE UPDATE OR DELETE ON plan_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_plan();

-- Which plan covers whom, from which month on. '' is everybody: of the rows that fit somebody the one that names an agent
-- goes first, then team and tier, then team, then tier; of rows for the same people the latest that has begun.
CREATE TABLE plan_assignments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  team text NOT NULL,
  tier text NOT NULL CHECK (tier IN ('', 'junior', 'mid', 'senior')),
  agent_id text NOT NULL CHECK (agent_id = '' OR (team = '' AND tier = '')),
  from_month text NOT NULL CHECK (from_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  -- null: no rule of their own any more; the more general one holds again.
  plan_id text,
  assigned_at timestamptz NOT NULL,
  assigned_by text NOT NULL,
  UNIQUE (team, tier, agent_id, from_month)
);

-- Who has read which version before it counts.
CREATE TABLE plan_acknowledgements (
  plan_id text NOT NULL,
  version integer NOT NULL,
  agent_id text NOT NULL,
  at timestamptz NOT NULL,
  by_name text NOT NULL,
  PRIMARY KEY (plan_id, version, agent_id),
  FOREIGN KEY (plan_id, version) REFERENCES plan_versions
);

CREATE TABLE plan_reminders (
  plan_id text NOT NULL,
  version integer NOT NULL,
  agent_id text NOT NULL,
  at timestamptz NOT NULL,
  by_name text NOT NULL,
  PRIMARY KEY (plan_id, version, agent_id, at),
  FOREIGN KEY (plan_id, version) REFERENCES plan_versions
);
