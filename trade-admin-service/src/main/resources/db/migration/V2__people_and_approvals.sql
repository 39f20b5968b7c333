-- Who works here. A person may have more than one account, and stays one person.
create table person (
    id              text        not null,
    -- The company's own number of somebody: the same one is the same person.
    employee_number text        not null,
    name            text        not null,
    created_at      timestamptz not null,
    constraint a_person_has_one_id primary key (id),
    constraint an_employee_number_is_one_person unique (employee_number),
    constraint an_employee_number_is_plain check (employee_number ~ '^[0-9A-Z-]{1,32}$')
);

create table staff_account (
    id         text        not null,
    person_id  text        not null references person (id),
    -- In lower case, so that one address is one account.
    email      text        not null,
    created_at timestamptz not null,
    constraint a_staff_account_has_one_id primary key (id),
    constraint an_address_is_one_account unique (email),
    constraint an_address_is_in_lower_case check (email = lower(email)),
    -- For what repeats the person beside the account, so that a key can compare them.
    constraint an_account_is_one_persons unique (id, person_id)
);

create table approval (
    id               text        not null,
    kind             text        not null,
    -- What it is about: only one open request of a kind is about the same.
    subject          text        not null,
    payload          jsonb       not null,
    -- What people were shown: what it is now, and what it would be.
    diff             jsonb       not null,
    reason           text        not null,
    -- Whoever asks is a person of ours with an account, or somebody outside without one.
    maker_account    text,
    maker            text        not null,
    approvers_needed smallint    not null,
    status           text        not null,
    version          bigint      not null,
    created_at       timestamptz not null,
    expires_at       timestamptz not null,
    closed_at        timestamptz,
    constraint an_approval_has_one_id primary key (id),
    constraint an_approval_has_one_maker unique (id, maker),
    constraint a_maker_is_the_accounts_person
        foreign key (maker_account, maker) references staff_account (id, person_id),
    constraint a_person_asks_through_an_account
        check (maker_account is not null or maker not like 'per\_%'),
    constraint one_to_five_approve check (approvers_needed between 1 and 5),
    constraint an_approval_expires_later check (expires_at > created_at),
    constraint an_approval_has_a_reason check (btrim(reason) <> ''),
    constraint an_approvals_status_is_known
        check (status in ('pending', 'approved', 'rejected', 'withdrawn', 'expired')),
    constraint what_is_closed_says_when check ((status = 'pending') = (closed_at is null))
);
create unique index one_open_request_of_a_subject on approval (kind, subject)
    where status = 'pending';
create index approval_by_status on approval (status, id);
create index approval_by_expiry on approval (expires_at) where status = 'pending';

create table approval_decision (
    approval_id text        not null,
    maker       text        not null,
    account_id  text        not null,
    person_id   text        not null,
    verdict     text        not null,
    reason      text,
    decided_at  timestamptz not null,
    constraint a_person_decides_once primary key (approval_id, person_id),
    constraint a_decision_names_the_maker
        foreign key (approval_id, maker) references approval (id, maker),
    constraint a_checker_is_the_accounts_person
        foreign key (account_id, person_id) references staff_account (id, person_id),
    -- Whatever role or account somebody uses: it is the person that is compared.
    constraint nobody_decides_on_their_own check (person_id <> maker),
    constraint a_verdict_is_yes_or_no check (verdict in ('approve', 'reject')),
    constraint a_rejection_has_a_reason
        check (verdict = 'approve' or (reason is not null and btrim(reason) <> ''))
);

-- Nothing of a request changes but how it stands, and that goes one way.
create function guard_approval() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'approvals stay' using errcode = 'check_violation',
            constraint = 'an_approval_stays_as_it_was_asked';
    end if;
    if (new.id, new.kind, new.subject, new.payload, new.diff, new.reason, new.maker,
            new.approvers_needed, new.created_at, new.expires_at)
            is distinct from
       (old.id, old.kind, old.subject, old.payload, old.diff, old.reason, old.maker,
            old.approvers_needed, old.created_at, old.expires_at)
            or new.maker_account is distinct from old.maker_account then
        raise exception 'an approval stays as it was asked' using errcode = 'check_violation',
            constraint = 'an_approval_stays_as_it_was_asked';
    end if;
    if old.status <> 'pending' or new.version <> old.version + 1 then
        raise exception 'an approval is decided once' using errcode = 'check_violation',
            constraint = 'an_approval_is_decided_once';
    end if;
    if new.status = 'approved' and (
            new.closed_at > old.expires_at
            or exists (select 1 from approval_decision
                        where approval_id = new.id and verdict = 'reject')
            or (select count(*) from approval_decision
                 where approval_id = new.id and verdict = 'approve') < new.approvers_needed) then
        raise exception 'not approved by enough people in time' using errcode = 'check_violation',
            constraint = 'an_approval_needs_its_approvers';
    end if;
    return new;
end $$;
create trigger approvals_are_guarded before update or delete on approval
    for each row execute function guard_approval();

create function guard_new_approval() returns trigger language plpgsql as $$
begin
    if new.status <> 'pending' then
        raise exception 'an approval begins undecided' using errcode = 'check_violation',
            constraint = 'an_approval_is_decided_once';
    end if;
    return new;
end $$;
create trigger approvals_begin_undecided before insert on approval
    for each row execute function guard_new_approval();

create function guard_decision() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from approval where id = new.approval_id and status = 'pending'
                      and new.decided_at <= expires_at) then
        raise exception 'a decision is on what is open' using errcode = 'check_violation',
            constraint = 'a_decision_is_on_what_is_open';
    end if;
    return new;
end $$;
create trigger decisions_are_in_time before insert on approval_decision
    for each row execute function guard_decision();

create trigger decisions_stay before update or delete or truncate on approval_decision
    for each statement execute function refuse_change();

-- A person and whose an account is stay as they are: decisions were compared by them.
create function guard_account() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or new.id <> old.id or new.person_id <> old.person_id then
        raise exception 'an account stays its person''s' using errcode = 'check_violation',
            constraint = 'an_account_stays_its_persons';
    end if;
    return new;
end $$;
create trigger accounts_stay_their_persons before update or delete on staff_account
    for each row execute function guard_account();
create function guard_person() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or new.id <> old.id or new.employee_number <> old.employee_number then
        raise exception 'a person stays' using errcode = 'check_violation',
            constraint = 'a_person_stays';
    end if;
    return new;
end $$;
create trigger people_stay before update or delete on person
    for each row execute function guard_person();
