-- Runs whose traces are to be sent to a collector when they have ended; a row goes when it was.
create table trace (
    run text primary key references run on delete cascade,
    tenant text not null,
    parent text,
    received timestamptz not null,
    tries int not null default 0,
    due timestamptz not null default now()
);
create index trace_due on trace (due);
