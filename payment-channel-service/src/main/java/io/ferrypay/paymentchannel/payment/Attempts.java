package io.ferrypay.paymentchannel.payment;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Every order we ever placed, or tried to place, at a channel. */
interface Attempts extends Repository<Attempt, String> {

    Optional<Attempt> findById(String orderNumber);

    List<Attempt> findByPaymentIdOrderBySequence(String paymentId);

    List<Attempt> findByPaymentIdInAndStatusIn(
            Collection<String> paymentIds, Collection<AttemptStatus> statuses);

    Attempt save(Attempt attempt);
}
