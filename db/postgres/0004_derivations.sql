-- Each finished derivation of facts: its number is the version of the rows it wrote, import_id the last import it took in.
CREATE TABLE derivations (
  version bigint PRIMARY KEY,
  import_id integer NOT NULL,
  sessions bigint NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT now()
);
