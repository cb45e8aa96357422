-- A key names one request, whichever operation and schedule it is for, so that a key used again for
-- another request is noticed. Answers that were kept until here cannot tell their request.

TRUNCATE idempotency_key;

ALTER TABLE idempotency_key
    DROP COLUMN scope,
    ADD COLUMN etag text,
    ADD PRIMARY KEY (key);

ALTER TABLE idempotency_key RENAME COLUMN body_digest TO request_digest;
