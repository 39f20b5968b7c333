-- A PIN that is given for one refund proves the amount as well. A proof is good for ten minutes: those
-- given before do not say how much, and are given again.
delete from cashier_proof where session_id is not null;
alter table cashier_proof
    add column body_sha256 text,
    add constraint a_refunds_proof_names_its_body check ((session_id is null) = (body_sha256 is null));
