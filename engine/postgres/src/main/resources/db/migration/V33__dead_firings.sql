-- What makes no run unless somebody has it replayed; counted by the metrics.
create index firing_failed on firing (state) where state in ('dead', 'quarantined');
