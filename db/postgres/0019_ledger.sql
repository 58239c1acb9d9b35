-- The ledger: what was decided, in an order that nobody can change unseen. Leaves are salted commitments: a person's records can be
-- deleted, and the tree over all of them still verifies.

CREATE FUNCTION refuse_change_of_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

-- One row: the log's identity, and how many leaves the tree has.
CREATE TABLE ledger_log (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- First line of every checkpoint, and the name of its keys.
  origin text NOT NULL,
  size bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
  created_at timestamptz NOT NULL
);

-- The public keys that signed checkpoints, in their order; the last one signs now. Private keys are never in the database.
CREATE TABLE ledger_keys (
  number integer PRIMARY KEY CHECK (number > 0),
  -- As others are given it: name+id+base64.
  verifier_key text NOT NULL UNIQUE,
  -- How many leaves the tree had before the first one under this key.
  since_size bigint NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE SEQUENCE ledger_entry_ids AS bigint;

-- Every entry that was ever appended, in the order of its transaction.
CREATE TABLE ledger_entries (
  entry_id bigint PRIMARY KEY,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  -- sha256 of salt and record: what the tree's leaf holds.
  commitment bytea NOT NULL UNIQUE CHECK (octet_length(commitment) = 32)
);

-- What an entry says. Erased with a person's data, salt included: then nothing tells what the commitment was to.
CREATE TABLE ledger_records (
  entry_id bigint PRIMARY KEY REFERENCES ledger_entries,
  agent_id text,
  period text,
  salt bytea NOT NULL CHECK (octet_length(salt) = 32),
  -- Canonical JSON (RFC 8785).
  record text NOT NULL
);
CREATE INDEX ledger_records_agent ON ledger_records (agent_id, entry_id) WHERE agent_id IS NOT NULL;

-- What many records share and name by its hash: a plan, the metrics it counts by, a definition. Nothing of persons.
CREATE TABLE ledger_contents (
  hash text PRIMARY KEY,
  content text NOT NULL
);

-- Entries that have no place in the tree yet; the place is given after their transaction, under a lock.
CREATE TABLE ledger_pending (
  entry_id bigint PRIMARY KEY REFERENCES ledger_entries
);

CREATE TABLE ledger_leaves (
  leaf bigint PRIMARY KEY CHECK (leaf >= 0),
  entry_id bigint NOT NULL UNIQUE REFERENCES ledger_entries
);

-- The tree as C2SP tlog-tiles: up to 256 hashes of 32 bytes; only the last tile of a level is shorter.
CREATE TABLE ledger_tiles (
  level smallint NOT NULL,
  tile bigint NOT NULL,
  hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
  PRIMARY KEY (level, tile)
);
ALTER TABLE ledger_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- Every checkpoint that was signed, as it was signed.
CREATE TABLE ledger_checkpoints (
  size bigint PRIMARY KEY CHECK (size > 0),
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  note text NOT NULL,
  signed_at timestamptz NOT NULL
);

-- Outside witnesses whose cosignatures are taken, and what they cosigned.
CREATE TABLE ledger_witnesses (
  verifier_key text PRIMARY KEY,
  added_at timestamptz NOT NULL,
  added_by text NOT NULL
);

CREATE TABLE ledger_cosignatures (
  size bigint NOT NULL REFERENCES ledger_checkpoints,
  verifier_key text NOT NULL REFERENCES ledger_witnesses,
  -- The signature line of the note.
  line text NOT NULL,
  cosigned_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (size, verifier_key)
);

-- How far each place outside has the checkpoints.
CREATE TABLE ledger_anchors (
  target text PRIMARY KEY,
  size bigint NOT NULL,
  sent_at timestamptz,
  failure text,
  tried_at timestamptz NOT NULL
);

CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_ledger();
CREATE TRIGGER ledger_leaves_append_only BEFORE UPDATE OR DELETE ON ledger_leaves
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_ledger();
CREATE TRIGGER ledger_checkpoints_append_only BEFORE UPDATE OR DELETE ON ledger_checkpoints
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_ledger();
CREATE TRIGGER ledger_keys_append_only BEFORE UPDATE OR DELETE ON ledger_keys
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_ledger();
CREATE TRIGGER ledger_records_unchanged BEFORE UPDATE ON ledger_records
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_ledger();
