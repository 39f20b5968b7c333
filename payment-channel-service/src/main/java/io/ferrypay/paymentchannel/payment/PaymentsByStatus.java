package io.ferrypay.paymentchannel.payment;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * Payments in one state. A query of its own, because one that may or may not name a status is
 * planned once for both, and walks through all of a merchant's history for a state that is rare.
 */
interface PaymentsByStatus extends Repository<Payment, String> {

    /** Newest first, older than {@code before}; at most {@code limit}. */
    @Query(
            """
            from Payment p
             where p.merchantId = :merchantId and p.livemode = :livemode and p.status = :status
               and p.id < :before and p.id >= :firstId
               and p.createdAt >= :from and p.createdAt < :to
             order by p.id desc
             limit :limit
            """)
    List<Payment> page(
            String merchantId,
            boolean livemode,
            PaymentStatus status,
            String before,
            String firstId,
            Instant from,
            Instant to,
            int limit);
}
