-- What people wrote on their runs after they were made. The last row of a run is what its row in
-- `run` shows; the labels it was made with stand in its journal.
create table relabelling (
    id bigint generated always as identity primary key,
    tenant text not null,
    run text not null references run on delete cascade,
    subject text not null,
    at timestamptz not null default now(),
    labels jsonb not null
);
create index relabelling_run on relabelling (run, id);

-- A version is that of the sources, wherever they lay: the pinned text without its first line. Runs
-- of before showed the digest of all of it.
update run r set version =
    encode(sha256(substring(b.content from position('\x0a'::bytea in b.content) + 1)), 'hex')
  from blob b where b.run = r.id and b.sha256 = r.version;
