-- What was erased on request, and until when. Of whom is kept as salted hashes only: enough to erase again what an older backup or an
-- old file brings back, and to nobody else's use.

CREATE TABLE erasures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- customer: of one customer. texts: what was said before an instant, by the policy of retention.
  kind text NOT NULL CHECK (kind IN ('customer', 'texts')),
  -- sha256 of salt and id, in hexadecimal.
  id_hash text CHECK (id_hash ~ '^[0-9a-f]{64}$'),
  texts_before timestamptz,
  asked_at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  reason text NOT NULL,
  -- How many rows were changed, by table.
  counts jsonb,
  -- Off the disk; null while it is being done.
  done_at timestamptz,
  CHECK ((kind = 'customer') = (id_hash IS NOT NULL)),
  CHECK ((kind = 'texts') = (texts_before IS NOT NULL)),
  CHECK ((counts IS NULL) = (done_at IS NULL))
);
CREATE UNIQUE INDEX erasures_customer ON erasures (id_hash) WHERE kind = 'customer';
