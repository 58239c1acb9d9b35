-- The plans people are appraised by. A published version never changes: what a card was scored with can always be read again.

CREATE TABLE plan_versions (
  plan_id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  status text NOT NULL CHECK (status IN ('draft', 'published')),
  -- template: shipped with Heng. own: published by the organisation.
  origin text NOT NULL CHECK (origin IN ('template', 'own')),
  -- Canonical JSON (sorted keys, no spaces); hash is its sha256 in hex.
  content text NOT NULL,
  hash text NOT NULL,
  -- First month it applies to, as 2026-10; null: from the beginning.
  in_force_from text CHECK (in_force_from ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  published_at timestamptz,
  published_by text,
  PRIMARY KEY (plan_id, version),
  CHECK ((status = 'published') = (published_at IS NOT NULL AND published_by IS NOT NULL)),
  CHECK (status = 'published' OR in_force_from IS NULL)
);

-- One draft of a plan at a time.
CREATE UNIQUE INDEX plan_versions_draft ON plan_versions (plan_id) WHERE status = 'draft';

CREATE FUNCTION refuse_change_of_published_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'version % of plan % is published and cannot be changed', OLD.version, OLD.plan_id
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER plan_versions_immutable
  BEFORE UPDATE OR DELETE ON plan_versions
  FOR EACH ROW WHEN (OLD.status = 'published')
  EXECUTE FUNCTION refuse_change_of_published_plan();
