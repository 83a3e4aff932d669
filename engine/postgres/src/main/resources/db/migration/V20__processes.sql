-- What a workflow of the catalogue is written in, and so what carries a run of it: an engine (cwl), or
-- the tables of processes (bpmn), whose runs no engine takes up.
alter table workflow add column kind text not null default 'cwl';
alter table run add column kind text not null default 'cwl';
create index run_processes on run (id) where kind = 'bpmn' and ended is null;
