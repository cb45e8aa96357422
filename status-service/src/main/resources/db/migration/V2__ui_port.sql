-- Where Spark's UI listens on the driver's address; null when its pod does not tell.
ALTER TABLE attempt ADD COLUMN ui_port integer;
