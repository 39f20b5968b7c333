-- How a merchant in draft gets its live mode. What people say of themselves is sealed with the service's key.
create table onboarding (
    id           text        not null,
    merchant_id  text        not null references merchant (id),
    status       text        not null,
    -- Grows with everything that changes in it, its sections and its documents.
    version      bigint      not null,
    high_risk    boolean     not null,
    submitted_by text        references portal_user (id),
    reviewer     text,
    approved_by  text,
    checked_by   text,
    sealed_rejection text,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    submitted_at timestamptz,
    decided_at   timestamptz,
    constraint an_onboarding_has_one_id primary key (id),
    constraint a_merchant_is_onboarded_once unique (merchant_id),
    constraint an_onboarding_has_a_known_status check (status in
        ('draft', 'submitted', 'in_review', 'needs_changes', 'approved', 'rejected')),
    constraint what_is_in_review_has_a_reviewer check (status <> 'in_review' or reviewer is not null),
    constraint what_left_draft_was_submitted check (status = 'draft' or submitted_at is not null),
    -- Two people approve what is risky, however the request is written.
    constraint the_checker_is_somebody_else check (lower(checked_by) <> lower(approved_by)),
    constraint nobody_checks_what_nobody_approved check (checked_by is null or approved_by is not null),
    constraint what_is_approved_has_its_approvals check (status <> 'approved'
        or (approved_by is not null and (checked_by is not null or not high_risk)))
);
create index onboarding_by_turn on onboarding (status, submitted_at, id);

create table onboarding_section (
    onboarding_id text        not null references onboarding (id),
    section       text        not null,
    sealed        text        not null,
    version       bigint      not null,
    updated_at    timestamptz not null,
    constraint a_section_is_filled_in_once primary key (onboarding_id, section),
    constraint a_section_is_known
        check (section in ('business', 'people', 'bank_account', 'methods', 'sites'))
);

-- What a reviewer wants changed; resolved once somebody changed it.
create table onboarding_remark (
    id            text        not null,
    onboarding_id text        not null references onboarding (id),
    item          text        not null,
    sealed_reason text        not null,
    asked_by      text        not null,
    asked_at      timestamptz not null,
    resolved_at   timestamptz,
    constraint a_remark_has_one_id primary key (id)
);
create unique index an_item_has_one_open_remark on onboarding_remark (onboarding_id, item)
    where resolved_at is null;

-- Who did what, in order. Nothing here is ever changed.
create table onboarding_step (
    onboarding_id text        not null references onboarding (id),
    version       bigint      not null,
    step          text        not null,
    who           text        not null,
    sealed_reason text,
    at            timestamptz not null,
    constraint a_version_has_one_step primary key (onboarding_id, version)
);
create function a_step_stays_as_it_is() returns trigger language plpgsql as $$
begin
    raise exception 'a step of an onboarding is never changed';
end $$;
create trigger a_step_stays_as_it_is before update or delete on onboarding_step
    for each row execute function a_step_stays_as_it_is();

-- What was found in the list of sanctions, each time it was asked.
create table onboarding_screening (
    id            text        not null,
    onboarding_id text        not null references onboarding (id),
    outcome       text        not null,
    list_sha256   text,
    hits          integer     not null,
    sealed        text        not null,
    at            timestamptz not null,
    constraint a_screening_has_one_id primary key (id),
    constraint a_screening_has_a_known_outcome check (outcome in ('clear', 'hits', 'not_configured', 'failed')),
    constraint hits_are_counted check ((outcome = 'hits') = (hits > 0))
);
create index screening_of_onboarding on onboarding_screening (onboarding_id, id desc);

-- Files that were handed in. The content is in the folder of documents, sealed, under its SHA-256 and this id.
create table document (
    id          text        not null,
    owner_id    text        not null,
    kind        text        not null,
    sealed_name text        not null,
    media_type  text        not null,
    size_bytes  integer     not null,
    sha256      text        not null,
    scan        text        not null,
    uploaded_by text        not null,
    uploaded_at timestamptz not null,
    constraint a_document_has_one_id primary key (id),
    constraint a_file_is_kept_once unique (owner_id, sha256),
    constraint a_document_is_of_a_safe_type
        check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
    constraint a_document_has_at_most_10_mb check (size_bytes between 1 and 10485760),
    constraint a_document_says_whether_it_was_scanned check (scan in ('clean', 'none_configured'))
);
