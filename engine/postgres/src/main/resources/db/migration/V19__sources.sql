-- How far a source has come whose other side does not remember it: the last time of a schedule.
create table source_position (
    tenant text not null,
    source text not null,
    -- Which, of a source that has several; empty for the only one.
    part text not null default '',
    value text not null,
    changed timestamptz not null default now(),
    primary key (tenant, source, part)
);
