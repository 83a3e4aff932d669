-- How long events are kept that no run needs; no row: for ever.
create table event_retention (
    tenant text primary key,
    max_seconds bigint not null,
    changed_by text not null,
    changed timestamptz not null default now()
);

-- What was forgotten stays as a row without content, so that it is known when it is sent again.
drop index event_list;
create index event_list on event (tenant, id) where state <> 'forgotten';
