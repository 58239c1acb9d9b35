-- Rows that the filter of a mapping left out: they are in no other count. Of earlier imports nobody counted them.
ALTER TABLE import_parts ADD COLUMN skipped bigint NOT NULL DEFAULT 0;
