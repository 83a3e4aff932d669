-- The document that decides, as its name stood when the trigger was saved; null if none does.
alter table trigger add column decision text;

-- What was decided of the events of a firing, and by which rules, as JSON. A firing that is to be decided
-- is deciding first, and waits for its turn with the others after that.
alter table firing add column decided text;
create index firing_deciding on firing (tenant, trigger, id) where state = 'deciding';
