-- Whose triggers alone an event of a source is for; null for all that the source is for.
alter table event add column audience text;

-- How many runs, each triggered by the end of the one before, led to the events of a firing.
alter table firing add column chain int not null default 0;
