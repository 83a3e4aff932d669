-- What came from outside: one row for each event, whoever sent it how often.
create table event (
    id bigint generated always as identity primary key,
    tenant text not null,
    -- Who sent it: their token's subject.
    sender text not null,
    -- SHA-256 of its source and its id, which together are the event's.
    identity bytea not null,
    source text not null,
    event_id text not null,
    type text not null,
    subject text,
    time timestamptz,
    -- All attributes, in the JSON format of CloudEvents.
    attributes text not null,
    data bytea,
    received timestamptz not null default now(),
    unique (tenant, sender, identity)
);
create index event_list on event (tenant, id);
