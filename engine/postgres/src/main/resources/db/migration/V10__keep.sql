-- A marked run is gone for everybody, and is removed bit by bit, whatever happens in between.
alter table run add column deleting timestamptz;
create index run_deleting on run (deleting) where deleting is not null;

-- Of runs that have ended: the runs whose files they name, and what they take in bytes, journal and
-- files; null as long as nobody has looked.
alter table run add column needs text[];
alter table run add column bytes bigint;

-- How long ended runs are kept; the empty name is for workflows that have no rule of their own.
create table retention (
    tenant text not null,
    workflow text not null,
    max_seconds bigint,
    max_runs int,
    max_bytes bigint,
    changed timestamptz not null default now(),
    changed_by text not null,
    primary key (tenant, workflow)
);
