-- When that came true which no state of the run tells: a task of a person is overdue.
alter table notice add column ready timestamptz;
