-- Each derivation of facts: its number is the version of the rows it wrote, a greater one wins.
CREATE SEQUENCE derivation_versions;

CREATE TABLE derivations (
  version bigint PRIMARY KEY,
  sessions bigint NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT now()
);
