-- Who may call. A token is kept as its SHA-256 only.
create table token (
    id bigint generated always as identity primary key,
    tenant text not null,
    subject text not null,
    name text not null,
    sha256 bytea not null unique,
    administrator boolean not null default false,
    created timestamptz not null default now(),
    expires timestamptz,
    revoked timestamptz
);

-- What a submission was answered with, so that the same one sent again is not a second run.
create table submission (
    tenant text not null,
    subject text not null,
    key text not null,
    request_sha256 bytea not null,
    run text not null,
    created timestamptz not null default now(),
    primary key (tenant, subject, key)
);
