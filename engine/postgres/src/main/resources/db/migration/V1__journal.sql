-- The truth: who runs what, and what happened (DESIGN.md, rules 1, 3 and 4).

-- What makes this database one installation; its name is part of every key that a site sees.
create table installation (
    one boolean primary key default true check (one),
    name text not null,
    created timestamptz not null default now()
);

-- A running engine. It lives as long as its heartbeat is younger than the lease.
create table instance (
    id bigint generated always as identity primary key,
    name text not null,
    lease interval not null,
    heartbeat timestamptz not null default clock_timestamp()
);

-- The head of each run's journal, and a summary of it that changes in the same transaction.
create table run (
    id text primary key,
    tenant text not null,
    subject text not null,
    head bigint not null default 0,
    epoch bigint not null default 0,
    owner bigint references instance on delete set null,
    claim bigint not null default 0,
    workflow text not null default '',
    version text not null default '',
    state text not null default 'CREATED',
    labels jsonb not null default '{}',
    priority int not null default 0,
    created timestamptz,
    ended timestamptz,
    failure text
);
create index run_open on run (priority desc, id) where ended is null;
create index run_listed on run (tenant, id desc);
create index run_labels on run using gin (labels jsonb_path_ops);

-- One row per append: the events, a line of JSON each. Positions are handed out under the lock of
-- journal_clock, which lasts until the commit: who reads up to a position misses nothing before it.
create table journal (
    tenant text not null,
    run text not null,
    last bigint not null,
    first bigint not null,
    position bigint not null,
    append_id text not null,
    lines bytea not null,
    primary key (run, last)
);
create unique index journal_position on journal (position);

create table journal_clock (
    one boolean primary key default true check (one),
    position bigint not null default 0
);
insert into journal_clock default values;

-- Texts too large for an event, by the SHA-256 of their UTF-8 bytes. A blob may come before its run.
create table blob (
    tenant text not null,
    run text not null,
    sha256 text not null,
    content bytea not null,
    primary key (run, sha256)
);
