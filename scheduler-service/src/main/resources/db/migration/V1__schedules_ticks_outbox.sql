-- Schedules and their ticks, and the table through which events leave.

CREATE TABLE schedule (
    id         text        PRIMARY KEY CHECK (id ~ '^[a-z]([-a-z0-9]{0,25}[a-z0-9])?$'),
    revision   integer     NOT NULL CHECK (revision >= 1),
    version    bigint      NOT NULL CHECK (version >= 1),
    -- json, not jsonb: the job's specification stays as its author wrote it.
    definition json        NOT NULL,
    paused     boolean     NOT NULL,
    -- What became of every tick up to here is decided. Never moves back.
    mark       timestamptz NOT NULL,
    next_due   timestamptz,
    -- Why the scheduler cannot work on it, for its owner to read.
    trouble    text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE INDEX schedule_due ON schedule (next_due) WHERE NOT paused AND next_due IS NOT NULL;
CREATE INDEX schedule_page ON schedule (id COLLATE "C");

-- No foreign key: the history outlives its schedule, and keeps a new schedule of the same id from
-- requesting a job that there was already.
CREATE TABLE tick (
    schedule_id      text        NOT NULL,
    nominal          timestamptz NOT NULL,
    kind             text        NOT NULL CHECK (kind IN ('SCHEDULED', 'MANUAL', 'BACKFILL')),
    outcome          text        NOT NULL CHECK (outcome IN ('FIRED', 'MISSED', 'SKIPPED')),
    reason           text,
    job_id           text,
    tick_count       integer     NOT NULL CHECK (tick_count >= 1),
    count_is_minimum boolean     NOT NULL,
    until            timestamptz,
    decided_at       timestamptz NOT NULL,
    PRIMARY KEY (schedule_id, nominal, kind),
    CHECK ((outcome = 'FIRED') = (job_id IS NOT NULL)),
    CHECK ((outcome = 'FIRED') = (reason IS NULL))
);

CREATE INDEX tick_decided ON tick (decided_at);

-- A relay claims a shard, and with it every key that falls into it: claiming single rows would let
-- two relays reorder a key.
CREATE TABLE outbox_shard (
    shard smallint PRIMARY KEY
);

INSERT INTO outbox_shard SELECT generate_series(0, 15);

CREATE TABLE outbox (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shard        smallint    NOT NULL REFERENCES outbox_shard,
    topic        text        NOT NULL,
    record_key   text        NOT NULL,
    headers      json        NOT NULL,
    value        bytea       NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at timestamptz
);

CREATE INDEX outbox_pending ON outbox (shard, id) WHERE published_at IS NULL;
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

CREATE TABLE idempotency_key (
    scope       text        NOT NULL,
    key         text        NOT NULL,
    body_digest text        NOT NULL,
    status      integer,
    answer      text,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (scope, key)
);

CREATE INDEX idempotency_key_created ON idempotency_key (created_at);
