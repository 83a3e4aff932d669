-- What a token is limited to, and who made it.
alter table token add column made_by text not null default 'admin';
alter table token add column most_queued int;
alter table token add column last_used timestamptz;
create unique index token_name on token (tenant, subject, name) where revoked is null;
