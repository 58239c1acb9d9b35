-- A code besides the password: one authenticator app a person, and ten codes for when it is lost.

CREATE TABLE second_factors (
  member_id text PRIMARY KEY REFERENCES members (id),
  -- Sealed by the server's secret for this person.
  secret jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  -- Null until the person has shown a code of it; until then nothing asks for one.
  confirmed_at timestamptz,
  -- The half minute of the last code taken; earlier and equal ones are refused, so that none is used twice.
  last_step bigint NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
  member_id text NOT NULL REFERENCES second_factors (member_id) ON DELETE CASCADE,
  -- Keyed with the server's secret: a copy of the database alone does not give the codes away.
  code_hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (member_id, code_hash)
);
