-- What became of an event: new until the triggers have been asked, then matched, unmatched, or
-- refused for a reason.
alter table event add column state text not null default 'new';
alter table event add column reason text;
create index event_new on event (id) where state = 'new';

-- All versions of all triggers; a name without a current one was deleted.
create table trigger (
    tenant text not null,
    name text not null,
    version int not null,
    -- Who saved it: its runs are theirs.
    subject text not null,
    document text not null,
    -- The workflow in the catalogue that its name stood for when it was saved.
    workflow text not null,
    enabled boolean not null default true,
    current boolean not null default true,
    created timestamptz not null default now(),
    primary key (tenant, name, version)
);
create unique index trigger_current on trigger (tenant, name) where current;

-- Goes up in the transaction of each change of a trigger, so that servers read them anew.
create table trigger_change (
    one boolean primary key default true check (one),
    number bigint not null default 0
);
insert into trigger_change default values;

-- What a trigger makes of events: at most one run, whose name is written before it is made.
create table firing (
    id bigint generated always as identity primary key,
    tenant text not null,
    trigger text not null,
    version int not null,
    subject text not null,
    -- Which events it collects; empty if all belong together.
    key text not null default '',
    -- collecting, waiting, starting, started, done, skipped, dead
    state text not null,
    -- Not before; never by itself, while it waits for a run of its trigger to end.
    due timestamptz not null default now(),
    run text,
    -- The number of the server that makes the run.
    starter bigint,
    tries int not null default 0,
    reason text,
    events int not null default 0,
    created timestamptz not null default now(),
    changed timestamptz not null default now()
);
create index firing_open on firing (id) where state in ('collecting', 'waiting', 'starting', 'started');
create index firing_collecting on firing (tenant, trigger, key) where state = 'collecting';
create index firing_going on firing (tenant, trigger) where state in ('starting', 'started');
create index firing_parked on firing (tenant, trigger, id) where state = 'waiting' and due = 'infinity';
create index firing_listed on firing (tenant, id);
create index firing_run on firing (run);

create table firing_event (
    firing bigint not null references firing on delete cascade,
    event bigint not null references event on delete cascade,
    primary key (firing, event)
);
create index firing_event_event on firing_event (event);
