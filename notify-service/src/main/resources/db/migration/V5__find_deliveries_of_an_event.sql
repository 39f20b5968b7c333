-- One index says that an event goes to each place once, and finds where it went. The two it replaces were partial, and so of
-- no use to a search by event alone.
create unique index an_event_goes_to_a_place_once on delivery (event_id, endpoint_id) nulls not distinct;
drop index an_event_goes_to_an_endpoint_once;
drop index an_event_goes_to_a_notify_url_once;
