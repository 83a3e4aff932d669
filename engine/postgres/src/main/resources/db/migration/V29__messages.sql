-- Until when a firing waits for a process that waits for its message; nothing before it has waited.
alter table firing add column until timestamptz;
