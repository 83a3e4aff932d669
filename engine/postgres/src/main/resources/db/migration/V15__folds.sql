-- The folds of long runs that have not ended, as of an event, in parts: a shortcut for whoever takes such a
-- run up, and never needed. They are made anew, so that a backup leaves them out.
create table saved_fold (
    run text not null references run on delete cascade,
    sequence bigint not null,
    part int not null,
    tenant text not null,
    content bytea not null,
    primary key (run, sequence, part)
);
-- The content is compressed already.
alter table saved_fold alter content set storage external;
