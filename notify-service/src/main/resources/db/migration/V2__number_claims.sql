-- How often a delivery was claimed. The claim's number is that of the try in the log, so a try is told once however often
-- its result is written, and it tells the result of an earlier claim from that of the claim that is under way.
alter table delivery add column claims integer not null default 0;
update delivery d set claims = tried.most
  from (select delivery_id, max(number) as most from delivery_attempt group by delivery_id) tried
 where tried.delivery_id = d.id;
