-- A job id that comes again when what ran under it is forgotten has another driver, and that one another log.
ALTER TABLE attempt_log ADD COLUMN driver_uid text;
UPDATE attempt_log l SET driver_uid = a.driver_uid
  FROM attempt a WHERE a.job_id = l.job_id AND a.attempt = l.attempt;
-- Of an attempt that has no driver nobody can ask for a log; it is read again while its pod is there.
DELETE FROM attempt_log WHERE driver_uid IS NULL;
ALTER TABLE attempt_log DROP CONSTRAINT attempt_log_pkey;
ALTER TABLE attempt_log ADD PRIMARY KEY (job_id, attempt, driver_uid);
