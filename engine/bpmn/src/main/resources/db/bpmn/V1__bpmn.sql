-- What Twinflow keeps beside Flowable's own tables, and changes in Flowable's own transactions.

CREATE TABLE definition (
  tenant text NOT NULL,
  digest text NOT NULL,
  -- The document as it was deployed.
  source text NOT NULL,
  document bytea NOT NULL,
  deployment text,
  deployed timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, digest)
);

-- Who starts an instance names it by a key; the key starts it once.
CREATE TABLE submission (
  tenant text NOT NULL,
  submission_key text NOT NULL,
  digest text NOT NULL,
  process text NOT NULL,
  instance text NOT NULL,
  submitted timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, submission_key)
);

CREATE UNIQUE INDEX submission_instance ON submission (instance);

-- What processes ask for. A row is written with the wait state that it belongs to, or not at all.
CREATE TABLE bpmn_outbox (
  id uuid PRIMARY KEY,
  tenant text NOT NULL,
  -- The instance that people know: of a called process the caller.
  instance text NOT NULL,
  execution text NOT NULL,
  activity text NOT NULL,
  kind text NOT NULL,
  payload text NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  -- When somebody said that it is under way; work that nobody waits for any more is withdrawn then.
  taken timestamptz,
  answered timestamptz,
  answer text
);

CREATE INDEX bpmn_outbox_open ON bpmn_outbox (created) WHERE answered IS NULL;
CREATE INDEX bpmn_outbox_instance ON bpmn_outbox (instance);
