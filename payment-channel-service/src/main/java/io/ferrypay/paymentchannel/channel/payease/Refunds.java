package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundOrder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refunds at a company that does not know our refund numbers: asking twice is refunding twice. So
 * the number goes into the reason, the order's list is read before anything is asked for, and one
 * order has one open refund at a time.
 */
final class Refunds {

    /** What our numbers look like when they come back as a reason. */
    private static final Pattern OURS = Pattern.compile("[0-9A-Z]{24,32}");

    private final Clock clock;

    /** The orders somebody in this process is refunding at the moment. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    Refunds(Clock clock) {
        this.clock = clock;
    }

    RefundAnswer refund(PayeaseAccount account, RefundOrder order) {
        var oid = OrderNumber.of(account.settings(), order.payment()).toString();
        if (!busy.add(oid)) {
            return new RefundAnswer.NotNow("another refund of this order is being asked for");
        }
        try {
            return switch (account.client().refundsOf(oid)) {
                case PayeaseAnswer.Done<List<RefundRow>>(var rows) ->
                        switch (find(rows, order)) {
                            case RefundAnswer.NotFound _ ->
                                    rows.stream().anyMatch(RefundRow::isOpen)
                                            ? new RefundAnswer.NotNow("another refund is open")
                                            : ask(account, oid, order);
                            case RefundAnswer known -> known;
                        };
                // Nothing has been asked for here, and asking blindly is how money goes back twice.
                case PayeaseAnswer.Refused<List<RefundRow>>(var error) -> refused(error);
                case PayeaseAnswer.NotSent<List<RefundRow>>(var why) ->
                        new RefundAnswer.NotNow("list: " + why);
                case PayeaseAnswer.Unknown<List<RefundRow>>(var why) ->
                        new RefundAnswer.NotNow("list: " + why);
            };
        } finally {
            busy.remove(oid);
        }
    }

    RefundAnswer query(PayeaseAccount account, RefundOrder order) {
        var oid = OrderNumber.of(account.settings(), order.payment()).toString();
        return switch (account.client().refundsOf(oid)) {
            case PayeaseAnswer.Done<List<RefundRow>>(var rows) -> find(rows, order);
            case PayeaseAnswer.Refused<List<RefundRow>>(var error) ->
                    new RefundAnswer.Unknown(error.name());
            case PayeaseAnswer.NotSent<List<RefundRow>>(var why) -> new RefundAnswer.Unknown(why);
            case PayeaseAnswer.Unknown<List<RefundRow>>(var why) -> new RefundAnswer.Unknown(why);
        };
    }

    private static RefundAnswer ask(PayeaseAccount account, String oid, RefundOrder order) {
        var answer =
                account.client().refund(oid, Yuan.amount(order.amount()), order.refundNumber());
        return switch (answer) {
            case PayeaseAnswer.Done<String>(var refundId) -> new RefundAnswer.Accepted(refundId);
            case PayeaseAnswer.Refused<String>(var error) -> refused(error);
            case PayeaseAnswer.NotSent<String>(var why) -> new RefundAnswer.NotNow(why);
            case PayeaseAnswer.Unknown<String>(var why) -> new RefundAnswer.Unknown(why);
        };
    }

    private static RefundAnswer refused(PayeaseError error) {
        return switch (error.meaning()) {
            case REFUSED -> new RefundAnswer.Failed(error.name());
            case MISCONFIGURED -> new RefundAnswer.NotNow(error.name());
            case UNKNOWN -> new RefundAnswer.Unknown(error.name());
        };
    }

    /** By our number in the reason; or, where the reason got lost, by amount and time. */
    private RefundAnswer find(List<RefundRow> rows, RefundOrder order) {
        var amount = Yuan.amount(order.amount());
        var named = rows.stream().filter(row -> names(row, order.refundNumber())).toList();
        if (named.size() > 1) {
            return new RefundAnswer.Unknown("%d refunds under one number".formatted(named.size()));
        }
        if (named.size() == 1) {
            var row = named.getFirst();
            return row.amount().equals(amount)
                    ? meaning(row)
                    : new RefundAnswer.Unknown("a refund of another amount under this number");
        }
        var nameless =
                rows.stream()
                        .filter(row -> !namesAnother(row))
                        .filter(row -> row.amount().equals(amount))
                        .filter(row -> isFrom(row, order.requestedAt()))
                        .toList();
        return switch (nameless.size()) {
            case 0 -> new RefundAnswer.NotFound();
            case 1 -> meaning(nameless.getFirst());
            default -> new RefundAnswer.Unknown("several refunds that could be this one");
        };
    }

    private static boolean names(RefundRow row, String refundNumber) {
        return row.reason() != null && row.reason().contains(refundNumber);
    }

    private static boolean namesAnother(RefundRow row) {
        return row.reason() != null && OURS.matcher(row.reason()).find();
    }

    /** Days are compared, since a list may tell no more; without any date it may be this one. */
    private static boolean isFrom(RefundRow row, Instant requestedAt) {
        var at = row.at();
        return at == null || OrderNumber.day(at).compareTo(OrderNumber.day(requestedAt)) >= 0;
    }

    private RefundAnswer meaning(RefundRow row) {
        return switch (row.status()) {
            case RefundRow.DONE -> new RefundAnswer.Succeeded(row.refundId(), null, at(row.at()));
            case RefundRow.REFUSED -> new RefundAnswer.Failed("REFUND_REFUSED");
            default -> new RefundAnswer.Accepted(row.refundId());
        };
    }

    private Instant at(@Nullable Instant told) {
        return Objects.requireNonNullElseGet(told, clock::instant);
    }
}
