-- Orders that our staff want a channel to be asked about because of what its statement says, until it has answered.
create table order_to_ask_about (
    order_number text        collate "C" not null,
    due_at       timestamptz not null,
    tries        integer     not null default 0,
    constraint an_order_is_asked_about_once primary key (order_number)
);
create index order_to_ask_about_by_due on order_to_ask_about (due_at);
