-- The audit log, sealed in the ledger: a row that is altered, taken out or put in past the product is found by `heng ledger check`.

-- Rows that no seal holds yet.
CREATE TABLE audit_unsealed (
  id bigint PRIMARY KEY
);
INSERT INTO audit_unsealed (id) SELECT id FROM audit_log;

-- Some rows at a time. What the ledger's leaf commits to is the digest alone; rows are told apart here, each by a salt of its own.
CREATE TABLE audit_seals (
  seal bigint PRIMARY KEY CHECK (seal > 0),
  ids bigint[] NOT NULL CHECK (cardinality(ids) > 0),
  -- 32 bytes for each row, in the order of the ids.
  salts bytea NOT NULL CHECK (octet_length(salts) = 32 * cardinality(ids)),
  -- sha256 of salt and row, as long as the salts.
  commitments bytea NOT NULL CHECK (octet_length(commitments) = 32 * cardinality(ids)),
  sealed_at timestamptz NOT NULL
);

CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE ON audit_seals
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_ledger();
CREATE TRIGGER audit_seals_stay BEFORE TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_ledger();

-- For whoever asks what one person did, or what was done to one thing.
CREATE INDEX audit_log_actor ON audit_log (actor_id, id);
CREATE INDEX audit_log_action ON audit_log (action, id);
