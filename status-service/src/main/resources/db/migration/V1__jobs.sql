-- What the job topics told, and what follows from it. See docs/adr/0030.

-- Commit order, because one projector writes at a time.
CREATE SEQUENCE change;

CREATE TABLE job (
  job_id              text        PRIMARY KEY,
  created             bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  change              bigint      NOT NULL UNIQUE,
  updated_at          timestamptz NOT NULL,
  namespace           text        NOT NULL,
  state               text        NOT NULL,
  attempt             integer     NOT NULL,
  labels              jsonb       NOT NULL,
  schedule_id         text,
  tick_time           timestamptz,
  tick_kind           text,
  cancel_requested_at timestamptz,
  cancel_reason       text
);

CREATE INDEX job_by_state ON job (state, created DESC);
CREATE INDEX job_by_namespace ON job (namespace, created DESC);
CREATE INDEX job_by_schedule ON job (schedule_id, created DESC) WHERE schedule_id IS NOT NULL;
CREATE INDEX job_by_label ON job USING gin (labels jsonb_path_ops);

CREATE TABLE attempt (
  job_id         text        NOT NULL REFERENCES job ON DELETE CASCADE,
  attempt        integer     NOT NULL,
  state          text        NOT NULL,
  requested_at   timestamptz,
  accepted_at    timestamptz,
  submitted_at   timestamptz,
  started_at     timestamptz,
  finished_at    timestamptz,
  driver_name    text,
  driver_uid     text,
  driver_ip      text,
  driver_node    text,
  application_id text,
  waiting_reason text,
  waiting_message text,
  waiting_since  timestamptz,
  failure        jsonb,
  warnings       jsonb       NOT NULL,
  problems       jsonb       NOT NULL,
  PRIMARY KEY (job_id, attempt)
);

CREATE INDEX attempt_open ON attempt (job_id, attempt)
  WHERE finished_at IS NULL AND driver_uid IS NOT NULL;

CREATE TABLE executor (
  job_id      text        NOT NULL,
  attempt     integer     NOT NULL,
  executor_id text        NOT NULL,
  state       text        NOT NULL,
  since       timestamptz NOT NULL,
  pod_name    text        NOT NULL,
  pod_uid     text        NOT NULL,
  pod_ip      text,
  pod_node    text,
  failure     jsonb,
  PRIMARY KEY (job_id, attempt, executor_id),
  FOREIGN KEY (job_id, attempt) REFERENCES attempt ON DELETE CASCADE
);

-- No reference to job: an event may tell of a job that we know nothing else of.
CREATE TABLE job_event (
  source      text        NOT NULL,
  id          text        NOT NULL,
  seq         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  job_id      text        NOT NULL,
  attempt     integer,
  type        text        NOT NULL,
  time        timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  data        jsonb       NOT NULL,
  PRIMARY KEY (source, id)
);

CREATE INDEX job_event_by_job ON job_event (job_id, seq);

CREATE TABLE attempt_log (
  job_id      text        NOT NULL,
  attempt     integer     NOT NULL,
  captured_at timestamptz NOT NULL,
  complete    boolean     NOT NULL,
  cut         boolean     NOT NULL,
  content     bytea       NOT NULL,
  PRIMARY KEY (job_id, attempt)
);

CREATE INDEX executor_open ON executor (job_id) WHERE state IN ('PENDING', 'RUNNING');
