-- Rules and word lists, every version of them. A rule set is numbered; what holds in it of each item is the last version saved in it
-- or before. Nothing is altered: switching a rule off is a version too.
CREATE TABLE rule_sets (
  number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  saved_at timestamptz NOT NULL,
  saved_by text NOT NULL,
  reason text NOT NULL,
  -- Of the tables and models. Where it differs from the set before, every rule counts as changed.
  engine text NOT NULL
);

CREATE TABLE rule_items (
  kind text NOT NULL CHECK (kind IN ('rule', 'list')),
  id text NOT NULL,
  rule_set integer NOT NULL REFERENCES rule_sets (number),
  origin text NOT NULL CHECK (origin IN ('shipped', 'own')),
  -- Canonical JSON; `written` is the text it was saved from, comments included.
  content jsonb NOT NULL,
  written text NOT NULL,
  PRIMARY KEY (kind, id, rule_set)
);

-- How far the inspection is; one row. through: every session of the derivations up to this one is inspected.
CREATE TABLE inspection_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  through bigint NOT NULL DEFAULT 0,
  -- The rule set that all text follows; 0 before the first pass.
  rule_set integer NOT NULL DEFAULT 0,
  -- Of the pass that is running: sessions done and in all; null between passes.
  doing text CHECK (doing IN ('fresh', 'rules')),
  done bigint NOT NULL DEFAULT 0,
  total bigint NOT NULL DEFAULT 0,
  inspected_at timestamptz,
  -- From the end of a derivation to the end of the inspection of what it brought, the last time.
  lag_ms bigint,
  failure text,
  failed_at timestamptz
);
INSERT INTO inspection_state DEFAULT VALUES;

CREATE SEQUENCE inspection_versions INCREMENT 2 START 2;
