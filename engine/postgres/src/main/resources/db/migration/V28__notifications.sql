-- Who wants to be told of a run, and where.
create table notification (
    id text primary key,
    tenant text not null,
    run text not null references run on delete cascade,
    -- Who asked for it: their secret signs it, for them mail goes out.
    subject text not null,
    url text,
    -- The name of the secret that signs it.
    secret text,
    mail text[],
    created timestamptz not null default now(),
    check ((url is null) <> (mail is null))
);
create index notification_run on notification (run);

-- What is to be told, which becomes true or never does. A row stays until the run goes, so that it can
-- be seen what became of it.
create table notice (
    notification text not null references notification on delete cascade,
    tenant text not null,
    state text not null,
    tries int not null default 0,
    due timestamptz not null default now(),
    problem text,
    told timestamptz,
    given_up timestamptz,
    primary key (notification, state)
);
create index notice_open on notice (due) where told is null and given_up is null;
