-- The tasks of people of which it was told that they are overdue.
CREATE TABLE overdue (
  task text PRIMARY KEY,
  instance text NOT NULL,
  told timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX overdue_instance ON overdue (instance);
