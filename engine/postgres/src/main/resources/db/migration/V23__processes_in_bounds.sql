-- As before, but for processes that go on: they only wait for runs, and those would never be let in if
-- the process took their place.
create or replace function queue_full(of_tenant text, of_subject text) returns text language plpgsql as $$
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
          and ended is null and admitted is not null and kind = 'cwl') then
        return 'token ' || most;
    end if;
    return null;
end $$;
