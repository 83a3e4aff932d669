-- The workflow that looks at the data before a run, as its name stood when the trigger was saved.
alter table trigger add column check_workflow text;

-- The run that does so, named before it is made; and whether the data have been found good, or
-- somebody wanted the run without that.
alter table firing add column check_run text;
alter table firing add column checked boolean not null default false;
create index firing_check_run on firing (check_run) where check_run is not null;
create index firing_checking on firing (id) where state = 'checking';
