-- What the organisation decided about its metrics, month by month. Rows are only ever added: what a figure of an earlier month
-- was counted by can always be read again.

CREATE TABLE definition_versions (
  metric_id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  -- choice: options and minimum n of a metric of the catalogue. own: a metric composed by the organisation.
  kind text NOT NULL CHECK (kind IN ('choice', 'own')),
  -- JSON, as src/metrics/definitionVersions.ts reads it.
  content text NOT NULL,
  -- First month it applies to, as 2026-10; null: from the beginning, which only a new metric can say.
  in_force_from text CHECK (in_force_from ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  reason text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (metric_id, version),
  CHECK (in_force_from IS NOT NULL OR (kind = 'own' AND version = 1))
);

CREATE FUNCTION refuse_change_of_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'version % of the definition of % cannot be changed', OLD.version, OLD.metric_id
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER definition_versions_immutable
  BEFORE UPDATE OR DELETE ON definition_versions
  FOR EACH ROW
  EXECUTE FUNCTION refuse_change_of_definition();
