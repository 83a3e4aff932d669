-- Views read the journal and can be made anew from it: delete the position and the rows.

-- How far each view has read.
create table view_position (
    view text primary key,
    position bigint not null default 0
);
insert into view_position (view) values ('task');

-- The tasks of all runs, for lists that stay fast however long a run is.
create table task (
    tenant text not null,
    run text not null,
    task bigint not null,
    address text not null,
    step text not null,
    state text not null,
    attempts int not null,
    detail text not null,
    primary key (run, task)
);
create index task_step on task (run, step, task);
create index task_state on task (run, state, task);
