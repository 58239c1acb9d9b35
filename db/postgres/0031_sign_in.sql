-- Keys end by themselves, and may be for some kinds of rows only. Those made before have neither limit.
ALTER TABLE api_keys ADD COLUMN expires_at timestamptz;
-- Null: every kind.
ALTER TABLE api_keys ADD COLUMN kinds text[];
