-- What a client of the Workflow Execution Service asked for, to be shown to it again.
create table wes_request (
    tenant text not null,
    run text primary key references run on delete cascade,
    request jsonb not null
);

-- Processes of OGC API - Processes: each a workflow that was deployed, and the package it came in.
create table process (
    tenant text not null,
    id text not null,
    subject text not null,
    version text not null,
    pinned text not null,
    description jsonb not null default '{}',
    mutable boolean not null default true,
    package_type text not null,
    package bytea not null,
    deployed timestamptz not null default now(),
    replaced timestamptz,
    primary key (tenant, id)
);

-- How a job was asked to answer. A run that was not started as a job has no row here.
create table job (
    tenant text not null,
    run text primary key references run on delete cascade,
    process text not null,
    request jsonb not null,
    dismissed boolean not null default false
);
create index job_process on job (tenant, process, run);

-- Who waits to be told about a job. A row goes away when it was told, or nobody will be told any more.
create table callback (
    id bigint generated always as identity primary key,
    tenant text not null,
    run text not null references run on delete cascade,
    event text not null,
    uri text not null,
    tries int not null default 0,
    due timestamptz not null default now(),
    problem text
);
create index callback_due on callback (due);
