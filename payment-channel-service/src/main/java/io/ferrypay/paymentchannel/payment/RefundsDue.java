package io.ferrypay.paymentchannel.payment;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Money that came in and is owed back to payers. */
@Repository
class RefundsDue {

    static final String SECOND_PAYMENT = "second_payment";
    static final String LATE_PAYMENT = "late_payment";

    /** It was held, and we will not have it. The payer may read this word. */
    static final String NOT_ACCEPTED = "not_accepted";

    private final JdbcClient jdbc;

    RefundsDue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Payment payment, Attempt attempt, String reason, Instant now) {
        jdbc.sql(
                        """
                        insert into refund_due (order_number, payment_id, merchant_id, livemode, reason,
                            channel_reference, amount_minor, currency, noticed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(attempt.orderNumber())
                .param(payment.id())
                .param(payment.merchantId())
                .param(payment.livemode())
                .param(reason)
                .param(attempt.channelReference())
                .param(attempt.amount().minorUnits())
                .param(attempt.amount().currency().code())
                .param(Timestamp.from(now))
                .update();
    }
}
