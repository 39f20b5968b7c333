-- What staff tell each other about a merchant. It is never changed: a mistake is told by another note.
create table merchant_note (
    id          text        not null,
    merchant_id text        not null,
    text        text        not null,
    written_by  text        not null,
    written_at  timestamptz not null,
    constraint a_note_has_one_id primary key (id),
    constraint a_note_says_something check (length(text) between 1 and 2000)
);
create index notes_of_a_merchant on merchant_note (merchant_id, id);
create trigger notes_stay before update or delete or truncate on merchant_note
    for each statement execute function refuse_change();
