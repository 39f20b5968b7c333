-- What merchants' API keys asked for: no query, no body, no address. A partition for each UTC day is made ahead by
-- the service and dropped after a week, which deletes nothing row by row.
create table request_log (
    at timestamptz not null,
    request_id text collate "C" not null,
    merchant_id text not null,
    mode text not null,
    key_id text not null,
    method text not null,
    path text not null,
    status integer not null,
    millis integer not null,
    -- A batch that was handed over twice is written once.
    constraint a_request_is_logged_once primary key (request_id, at)
) partition by range (at);
create index request_log_newest_first on request_log (merchant_id, mode, request_id desc);
