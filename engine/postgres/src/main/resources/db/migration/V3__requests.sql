-- What people ask of runs, whichever server they ask; the server that owns the run carries it out.
create table request (
    id bigint generated always as identity primary key,
    tenant text not null,
    run text not null,
    kind text not null,
    reason text not null,
    subject text not null,
    created timestamptz not null default now()
);
create index request_run on request (run, id);
