-- Whose what lies in an object store is: two databases that were given the same prefix of a bucket
-- must not remove each other's files.
create table store_owner (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid()
);

-- The uploads and fetched inputs that an ended run names, as needs has the runs; null until it was
-- looked at.
alter table run add column stored text[];
