-- Which objects of a bucket a source has told, so that a listing of it finds the others.
create table told_object (
    tenant text not null,
    source text not null,
    bucket text not null,
    -- UTF-8: in the order in which stores list.
    key bytea not null,
    -- Its content. One that was replaced stays for a while if a listing found it.
    etag text not null,
    -- When it was made, as its newest notification, or the listing, has it.
    made timestamptz not null,
    -- When a listing found it of which no notification had come.
    found timestamptz,
    primary key (tenant, source, bucket, key, etag)
);
