-- What every node of an installation has to know, whichever of them learned it.

-- Files that somebody uploaded and has not imported yet. They are gone within a day, and after a crash of the database server: then they
-- are uploaded again. So they are neither logged nor backed up.
CREATE UNLOGGED TABLE uploads (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  bytes bigint NOT NULL,
  at timestamptz NOT NULL
);
CREATE UNLOGGED TABLE upload_pieces (
  file uuid NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
  number integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (file, number)
);
ALTER TABLE upload_pieces ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- The rejected rows of an import as the file that is corrected and imported again.
CREATE TABLE reject_pieces (
  file integer NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  number integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (file, number)
);
