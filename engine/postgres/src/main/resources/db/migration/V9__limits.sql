-- Whose turn it is, how much at once, and who waits for what.

-- When the turn of a run came; null while it waits in the queue. It is admitted once, and keeps its
-- place among the runs that are limited until it ends, whichever server executes it.
alter table run add column admitted timestamptz;
update run set admitted = coalesce(created, now()) where epoch > 0 or ended is not null;
create index run_queued on run (tenant, subject, workflow) where admitted is null and ended is null;
create index run_busy on run (tenant, subject, workflow) where admitted is not null and ended is null;

-- The highest priority that a token may ask for.
alter table token add column most_priority int not null default 0;

-- Limits; null for none. The name * is of all that have no value of their own. What may be queued of
-- a site is the whole queue.
create table bound (
    tenant text not null,
    kind text not null check (kind in ('site', 'subject', 'workflow')),
    name text not null,
    runs int check (runs >= 0),
    tasks int check (tasks >= 0),
    queued int check (queued >= 0),
    primary key (tenant, kind, name)
);

-- What each server may have at the site of each thing that is limited: never more than the limit
-- together.
create table slot_share (
    tenant text not null,
    kind text not null,
    name text not null,
    instance bigint not null references instance on delete cascade,
    wants int not null,
    granted int not null,
    primary key (tenant, kind, name, instance)
);

-- Why runs wait that a server executes; written by that server, within about a second.
create table waiting (
    run text primary key references run on delete cascade,
    tenant text not null,
    code text not null,
    reason text not null,
    tasks int not null,
    since timestamptz not null default now()
);

-- Which bound a new run of the subject would break: null for none, else its name and its value. Runs
-- that are being made count, as long as their server lives.
create function queue_full(of_tenant text, of_subject text) returns text language plpgsql as $$
declare
    most int;
begin
    select queued into most from bound
      where tenant = of_tenant and kind = 'site' and name = '*' and queued is not null;
    if found and most <= (select count(*) from (
        select from run where tenant = of_tenant and ended is null and admitted is null
          and (created is not null or owner in
            (select id from instance where heartbeat + lease > clock_timestamp()))
          limit most) q) then
        return 'all ' || most;
    end if;
    select queued into most from bound
      where tenant = of_tenant and kind = 'subject' and name in (of_subject, '*')
        and queued is not null order by name = '*' limit 1;
    if found and most <= (select count(*) from (
        select from run where tenant = of_tenant and subject = of_subject and ended is null
          and admitted is null and (created is not null or owner in
            (select id from instance where heartbeat + lease > clock_timestamp()))
          limit most) q) then
        return 'subject ' || most;
    end if;
    select min(most_queued) into most from token where tenant = of_tenant
      and subject = of_subject and revoked is null and (expires is null or expires > now());
    if most is not null and most <=
        (select count(*) from run where tenant = of_tenant and subject = of_subject
          and ended is null and admitted is null and (created is not null or owner in
            (select id from instance where heartbeat + lease > clock_timestamp())))
        + (select count(*) from run where tenant = of_tenant and subject = of_subject
          and ended is null and admitted is not null) then
        return 'token ' || most;
    end if;
    return null;
end $$;

-- Makes the row of a run if no bound is in the way. One after the other: of two that come at a bound
-- one passes. The commit need not reach the disk: that of the first append does.
create function new_run(new_id text, of_tenant text, of_subject text, with_priority int,
    of_instance bigint) returns text language plpgsql as $$
declare
    full_by text;
begin
    perform set_config('synchronous_commit', 'off', true);
    if exists (select from bound where tenant = of_tenant and queued is not null)
        or exists (select from token where tenant = of_tenant and subject = of_subject
          and most_queued is not null) then
        perform pg_advisory_xact_lock(hashtext('twinflow queue'), hashtext(of_tenant));
        full_by := queue_full(of_tenant, of_subject);
        if full_by is not null then
            return full_by;
        end if;
    end if;
    insert into run (id, tenant, subject, priority, owner, claim)
      values (new_id, of_tenant, of_subject, with_priority, of_instance, 1)
      on conflict do nothing;
    return case when found then 'made' else 'exists' end;
end $$;
