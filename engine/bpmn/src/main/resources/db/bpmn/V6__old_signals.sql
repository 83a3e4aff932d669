CREATE INDEX signal_delivery_at ON signal_delivery (at);
