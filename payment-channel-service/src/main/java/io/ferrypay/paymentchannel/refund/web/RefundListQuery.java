package io.ferrypay.paymentchannel.refund.web;

import io.ferrypay.paymentchannel.payment.web.PaymentListQuery;
import io.ferrypay.paymentchannel.payment.web.Violations;
import io.ferrypay.paymentchannel.refund.FindRefunds.Filter;
import io.ferrypay.paymentchannel.refund.RefundStatus;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query of a list of refunds, as it came. */
final class RefundListQuery {

    private static final Pattern CURSOR = Pattern.compile("1:(re_[0-9A-Z]{26})");

    private RefundListQuery() {}

    static Filter parse(@Nullable String limit, @Nullable String cursor, @Nullable String status) {
        var found = new Violations();
        var filter =
                new Filter(
                        PaymentListQuery.number(
                                "limit",
                                limit,
                                PaymentListQuery.DEFAULT_LIMIT,
                                1,
                                PaymentListQuery.LARGEST_LIMIT,
                                found),
                        PaymentListQuery.before(cursor, CURSOR, found),
                        status(status, found));
        found.refuseIfAny();
        return filter;
    }

    private static @Nullable RefundStatus status(@Nullable String name, Violations found) {
        if (name == null) {
            return null;
        }
        var status = RefundStatus.ofWireName(name).orElse(null);
        if (status == null) {
            found.add("status", "not_allowed", "is not a status of refunds");
        }
        return status;
    }
}
