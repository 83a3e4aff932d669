-- Where artifacts are kept, as s3://BUCKET/PREFIX; empty for the data folder. Journals name locations there.
alter table installation add column store text not null default '';
