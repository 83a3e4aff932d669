-- Who gives a message names it by a key; the key gives it once.
CREATE TABLE delivery (
  tenant text NOT NULL,
  delivery_key text NOT NULL,
  instance text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, delivery_key)
);

CREATE INDEX delivery_instance ON delivery (instance);
