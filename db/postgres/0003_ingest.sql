-- What was imported, by whom, and how far it got. An import has one part for each file and kind; the part's id is the
-- import_id of the raw rows it brought, so that a greater id came later.

CREATE SEQUENCE import_part_ids AS integer;

CREATE TABLE imports (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL CHECK (source IN ('files', 'upload', 'http')),
  by text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'reading', 'committing', 'deriving', 'done', 'failed')),
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  bytes_total bigint NOT NULL,
  bytes_read bigint NOT NULL DEFAULT 0,
  rows_read bigint NOT NULL DEFAULT 0,
  -- False: no agent list was there, so agent ids were taken unchecked.
  agents_known boolean NOT NULL DEFAULT true,
  -- Name of the file under DATA/rejects; null when nothing was rejected.
  rejects_file text,
  error text
);

-- reading: rows are being staged, nothing of it shows. staged: all rows are in the stage and the commit may begin or be
-- half done; a restart finishes it. committed: the rows are in the raw tables, facts may still have to be derived.
CREATE TABLE import_parts (
  id integer PRIMARY KEY DEFAULT nextval('import_part_ids'),
  import_id integer NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  path text NOT NULL,
  kind text,
  bytes bigint NOT NULL,
  sha256 text,
  state text NOT NULL CHECK (state IN ('reading', 'staged', 'committed', 'derived', 'refused', 'abandoned')),
  read bigint NOT NULL DEFAULT 0,
  accepted bigint NOT NULL DEFAULT 0,
  duplicates bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  order_dependent bigint NOT NULL DEFAULT 0,
  refused text
);
CREATE INDEX import_parts_import ON import_parts (import_id);
CREATE INDEX import_parts_unfinished ON import_parts (state) WHERE state IN ('reading', 'staged', 'committed');

CREATE TABLE mappings (
  name text PRIMARY KEY,
  mapping jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  by text NOT NULL
);
