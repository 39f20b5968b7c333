-- What our staff say of payments. Versions stay as they were written; which one is in force is another table.
create table risk_rule (
    id             text        collate "C" not null,
    version        integer     not null,
    name           text        not null,
    -- Whose payments it is for; null for everybody's.
    merchant_id    text        collate "C",
    action         text        not null,
    priority       integer     not null,
    effective_from timestamptz not null,
    -- JSON, as docs/api/console.md describes it.
    condition      text        not null,
    enabled        boolean     not null,
    written_by     text        collate "C" not null,
    written_at     timestamptz not null,
    constraint a_version_of_a_rule_is_written_once primary key (id, version),
    constraint a_risk_action_is_known check (action in ('allow', 'alert', 'hold', 'deny'))
);
create trigger risk_rules_stay before update or delete or truncate on risk_rule
    for each statement execute function refuse_change();

-- Each puts one version of one rule in force, in place of that rule's version before, and makes a new set.
create table risk_publication (
    version      bigint      not null,
    rule_id      text        collate "C" not null,
    rule_version integer     not null,
    approval_id  text        collate "C" not null,
    published_at timestamptz not null,
    constraint a_set_of_rules_is_published_once primary key (version),
    constraint an_approval_publishes_once unique (approval_id),
    constraint what_is_published_was_written foreign key (rule_id, rule_version) references risk_rule (id, version)
);
create index risk_publication_of_rule on risk_publication (rule_id, version desc);
create trigger risk_publications_stay before update or delete or truncate on risk_publication
    for each statement execute function refuse_change();
