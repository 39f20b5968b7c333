-- A PIN that is given for one refund proves that one alone, and changes nobody's shift.
alter table cashier_proof
    add column session_id text,
    add column idempotency_key text,
    add constraint a_refunds_proof_names_its_refund check ((session_id is null) = (idempotency_key is null));
