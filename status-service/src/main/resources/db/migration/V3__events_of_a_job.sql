-- A publisher that gives two jobs' requests one id is wrong, but both jobs run and both are to be told.
ALTER TABLE job_event DROP CONSTRAINT job_event_pkey;
ALTER TABLE job_event ADD PRIMARY KEY (job_id, source, id);
