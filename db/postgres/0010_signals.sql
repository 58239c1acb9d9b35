-- What the signals showed, per period and version. A run that finds the same as the version before it adds no version.
CREATE TABLE signal_runs (
  period text NOT NULL,
  version integer NOT NULL,
  content_hash text NOT NULL,
  thresholds jsonb NOT NULL,
  -- Per signal: measured or not measurable, what the data lack, how many people were looked at.
  results jsonb NOT NULL,
  ran_at timestamptz NOT NULL,
  -- When a run last found exactly this.
  checked_at timestamptz NOT NULL,
  duration_ms integer NOT NULL,
  run_by text NOT NULL,
  PRIMARY KEY (period, version)
);

CREATE TABLE signal_findings (
  period text NOT NULL,
  version integer NOT NULL,
  signal text NOT NULL,
  agent_id text NOT NULL,
  finding jsonb NOT NULL,
  PRIMARY KEY (period, version, signal, agent_id),
  FOREIGN KEY (period, version) REFERENCES signal_runs (period, version)
);

-- The server's nightly jobs: the last attempts of each, for readers and so that no process repeats what another did.
CREATE TABLE job_runs (
  job text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  -- The code of what went wrong; null while it runs and when it went well.
  failure text,
  PRIMARY KEY (job, started_at)
);
