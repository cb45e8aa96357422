-- Why an executor's pod waits, while it is pending; all null when Kubernetes says nothing.
ALTER TABLE executor
  ADD COLUMN waiting_reason  text,
  ADD COLUMN waiting_message text,
  ADD COLUMN waiting_since   timestamptz;
