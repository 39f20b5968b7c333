package io.ferrypay.paymentchannel.demo;

import io.ferrypay.identity.ForServices;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What {@code ./ferry demo --reconcile} orders: a statement is of a past day, so orders and refunds
 * of today are set back to it, as the pretended companies' clock is.
 */
@RestController
@ForServices("job-service")
@ConditionalOnProperty("ferry.demo.past-activity")
class SetBackController {

    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private final OnlyPretended pretended;
    private final JdbcClient jdbc;
    private final Clock clock;

    SetBackController(OnlyPretended pretended, JdbcClient jdbc, Clock clock) {
        this.pretended = pretended;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param day the Beijing day on which it is to have happened
     * @param referenceOf an order whose number at the channel this one is to have, too; null to
     *     leave it its own
     */
    record Wish(String day, @Nullable String referenceOf) {}

    record SetBack(String orderNumber, String accountId, List<String> refundNumbers) {}

    /** Whatever is later than the day moves to it, by whole days; repeated it changes nothing. */
    @Transactional
    @PostMapping(
            path = "/internal/demo/payments/{payment}:set-back",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    public SetBack setBack(@PathVariable String payment, @RequestBody Wish wish) {
        pretended.require();
        var day = PastActivityController.parsed(wish.day());
        if (day == null || !day.isBefore(LocalDate.ofInstant(clock.instant(), BEIJING))) {
            throw ApiException.invalid("/day", "out_of_range", "must be a past day");
        }
        var moved =
                jdbc.sql(
                                """
                                update attempt set
                                    created_at = created_at - greatest(0, %1$s) * interval '1 day',
                                    expires_at = expires_at - greatest(0, %1$s) * interval '1 day',
                                    paid_at = paid_at - greatest(0, %2$s) * interval '1 day',
                                    channel_reference = coalesce(
                                        (select o.channel_reference from attempt o where o.order_number = :other),
                                        channel_reference)
                                 where payment_id = :payment
                                returning order_number, account_id
                                """
                                        .formatted(late("created_at"), late("paid_at")))
                        .param("day", day)
                        .param("payment", payment)
                        .param("other", wish.referenceOf())
                        .query((row, _) ->
                                new SetBack(row.getString(1), row.getString(2), List.of()))
                        .list();
        var refunds =
                jdbc.sql(
                                """
                                update refund set ended_at = ended_at - greatest(0, %s) * interval '1 day'
                                 where payment_id = :payment and ended_at is not null
                                returning refund_number
                                """
                                        .formatted(late("ended_at")))
                        .param("day", day)
                        .param("payment", payment)
                        .query((row, _) -> row.getString(1))
                        .list();
        if (moved.isEmpty()) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
        var last = moved.getLast();
        return new SetBack(last.orderNumber(), last.accountId(), refunds);
    }

    /** How many days too late that is. */
    private static String late(String column) {
        return "((%s at time zone 'Asia/Shanghai')::date - cast(:day as date))".formatted(column);
    }
}
