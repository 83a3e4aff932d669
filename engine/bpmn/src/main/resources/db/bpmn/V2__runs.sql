-- Whose an instance is; how much was told of it; and whether its end was.
ALTER TABLE submission ADD COLUMN subject text NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN told bigint NOT NULL DEFAULT 0;
ALTER TABLE submission ADD COLUMN ended boolean NOT NULL DEFAULT false;

-- What happened in an instance, for those who tell of it elsewhere: numbered without gaps, from 1, in
-- the order of commits. A row goes when it was told.
CREATE TABLE news (
  instance text NOT NULL,
  number bigint NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  detail text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (instance, number)
);

-- What the work is known by where it is done, which is written before it is begun; and when it is to be
-- tried again that could not be begun.
ALTER TABLE bpmn_outbox ADD COLUMN reference text;
ALTER TABLE bpmn_outbox ADD COLUMN due timestamptz NOT NULL DEFAULT now();
ALTER TABLE bpmn_outbox ADD COLUMN tries int NOT NULL DEFAULT 0;
CREATE INDEX bpmn_outbox_reference ON bpmn_outbox (reference) WHERE answered IS NULL;
