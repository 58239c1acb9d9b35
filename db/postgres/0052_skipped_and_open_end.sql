-- Rows that the filter of a mapping left out: they are in no other count. Of earlier imports nobody counted them.
ALTER TABLE import_parts ADD COLUMN skipped bigint NOT NULL DEFAULT 0;
-- Whether the last line of a text had no line end: such a file may have been cut within its last value.
ALTER TABLE import_parts ADD COLUMN ends_open boolean NOT NULL DEFAULT false;
