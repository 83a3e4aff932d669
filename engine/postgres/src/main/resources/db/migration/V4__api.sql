-- Workflows that are kept, one row per person and content. The pinned text is all that runs need
-- but the files in the folder that was uploaded.
create table workflow (
    id text primary key,
    tenant text not null,
    subject text not null,
    name text not null,
    version text not null,
    folder text not null,
    pinned text not null,
    created timestamptz not null default now(),
    unique (tenant, subject, version)
);
create index workflow_listed on workflow (tenant, created desc, id desc);

-- Which uploaded folder is needed by which run or workflow; 'pending:FOLDER' while a submission
-- is made. A folder that nothing needs is removed.
create table upload_use (
    folder text not null,
    used_by text not null,
    since timestamptz not null default now(),
    primary key (used_by, folder)
);
create index upload_use_folder on upload_use (folder);
