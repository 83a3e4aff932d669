-- Who gives a signal names it by a key; the key gives it once to each process.
CREATE TABLE signal_delivery (
  tenant text NOT NULL,
  signal_key text NOT NULL,
  instance text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, signal_key, instance)
);

CREATE INDEX signal_delivery_instance ON signal_delivery (instance);
