-- Keys end by themselves, and may be for some kinds of rows only. Those made before have neither limit.
ALTER TABLE api_keys ADD COLUMN expires_at timestamptz;
-- Null: every kind.
ALTER TABLE api_keys ADD COLUMN kinds text[];

-- Wrong passwords and codes in a row, by the SHA-256 of the e-mail typed (nobody's address is kept for having been guessed at).
-- A row goes when its person signs in, when an administrator says so, and a day after the last one.
CREATE TABLE sign_in_guesses (
  email_hash bytea PRIMARY KEY,
  failures integer NOT NULL,
  last_at timestamptz NOT NULL,
  wait_until timestamptz NOT NULL
);
CREATE INDEX sign_in_guesses_last ON sign_in_guesses (last_at);
