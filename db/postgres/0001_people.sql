-- Who belongs to the organisation, what they may see, and what was done in its name.
-- Passwords and sessions live in better-auth's own tables (auth_*), which its migrations make at start.

CREATE TABLE members (
  id text PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  name text NOT NULL,
  role text NOT NULL
    CHECK (role IN ('agent', 'supervisor', 'inspector', 'trainer', 'hr', 'administrator', 'director')),
  -- {"kind":"all"} | {"kind":"teams","teams":[…]} | {"kind":"shops","shops":[…]} | {"kind":"self","agentId":…}
  scope jsonb NOT NULL,
  agent_id text,
  -- better-auth's user; null until the one-time link was used.
  user_id text UNIQUE,
  created_at timestamptz NOT NULL,
  deactivated_at timestamptz,
  last_seen_at timestamptz,
  CHECK (role <> 'agent' OR agent_id IS NOT NULL)
);

-- An agent has one person at a time: a second could read the first one's card.
CREATE UNIQUE INDEX members_active_agent ON members (agent_id) WHERE deactivated_at IS NULL;

-- Links that set a password once. Only the hash of the token is kept, so a copy of the database opens nothing.
CREATE TABLE one_time_links (
  token_hash bytea PRIMARY KEY,
  -- Null for the first administrator, who does not exist yet.
  member_id text REFERENCES members (id),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);

CREATE TABLE api_keys (
  id text PRIMARY KEY,
  name text NOT NULL,
  secret_hash bytea NOT NULL UNIQUE,
  prefix text NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- Who did or looked at what, when. Rows are only ever added.
CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER audit_log_rows_stay BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_stays BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Facts about this installation itself, e.g. which made-up company it shows.
CREATE TABLE settings (
  name text PRIMARY KEY,
  value jsonb NOT NULL
);
