-- When the run of a firing was first begun, which is what a trigger's rate counts.
alter table firing add column begun timestamptz;
create index firing_begun on firing (tenant, trigger, begun) where begun is not null;

-- Which of those that it waits for an event is.
alter table firing_event add column item text;
