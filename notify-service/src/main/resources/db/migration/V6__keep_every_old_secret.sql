-- What still signs beside an endpoint's secret. Each has its whole overlap, however many rotations follow.
create table old_secret (
    endpoint_id   text        not null references webhook_endpoint (id),
    sealed_secret text        not null,
    ends_at       timestamptz not null,
    constraint an_old_secret_is_kept_once primary key (endpoint_id, sealed_secret)
);
create index old_secret_by_end on old_secret (ends_at);
insert into old_secret (endpoint_id, sealed_secret, ends_at)
    select id, sealed_old_secret, old_secret_ends_at from webhook_endpoint
     where sealed_old_secret is not null and old_secret_ends_at is not null;
alter table webhook_endpoint drop column sealed_old_secret;
