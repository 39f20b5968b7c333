package io.ferrypay.sandbox.payease;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order at Payease.
 *
 * @param number the merchant's own part of {@code v_oid}
 * @param day {@code v_ymd}
 * @param fen how much
 * @param url where the browser goes back to
 * @param bank null until the payer has chosen one
 * @param gbk whether it came by the GBK page, so that all about it is told in GBK
 * @param payerName {@code v_idname}; the page shows it masked
 * @param words why it is as it is ({@code v_pstring})
 */
record Order(
        String oid,
        String number,
        String day,
        long fen,
        String url,
        @Nullable Bank bank,
        boolean gbk,
        @Nullable String payerName,
        State state,
        String words,
        Instant createdAt,
        @Nullable Instant paidAt,
        List<Refund> refunds) {

    enum State {
        /** Arrived, or failed once and open to another try. */
        UNPAID,
        FAILED,
        PAID,
        /** Its time is over. */
        LAPSED
    }

    /**
     * Money on its way back.
     *
     * @param decided what control has decided; null leaves it to time
     */
    record Refund(
            String id,
            long fen,
            String reason,
            String operator,
            Instant at,
            @Nullable Boolean decided) {

        private static final long STAYS_OPEN = 13;
        private static final long IS_REFUSED = 14;

        /** {@code refstatus}: 0 applied, 1 done, 2 refused. */
        String status(Instant now, Duration after) {
            if (decided != null) {
                return decided ? "1" : "2";
            }
            if (fen % 100 == STAYS_OPEN) {
                return "0";
            }
            if (fen % 100 == IS_REFUSED) {
                return "2";
            }
            return now.isBefore(at.plus(after)) ? "0" : "1";
        }
    }

    static Order placed(
            String oid,
            String number,
            String day,
            long fen,
            String url,
            @Nullable Bank bank,
            boolean gbk,
            @Nullable String payerName,
            Instant now) {
        return new Order(
                oid,
                number,
                day,
                fen,
                url,
                bank,
                gbk,
                payerName,
                State.UNPAID,
                "未支付",
                now,
                null,
                List.of());
    }

    boolean isPayable() {
        return state == State.UNPAID || state == State.FAILED;
    }

    /** The order as it stands at this moment. */
    Order at(Instant now, Duration lifetime) {
        return isPayable() && !now.isBefore(createdAt.plus(lifetime))
                ? as(State.LAPSED, "未支付", null)
                : this;
    }

    /** The browser came again with the same order: perhaps for another bank. */
    Order arrivedAgain(Order again) {
        return new Order(
                oid,
                number,
                day,
                fen,
                again.url,
                again.bank == null ? bank : again.bank,
                again.gbk,
                again.payerName,
                state,
                words,
                createdAt,
                paidAt,
                refunds);
    }

    Order chosen(Bank chosen) {
        return new Order(
                oid, number, day, fen, url, chosen, gbk, payerName, state, words, createdAt, paidAt,
                refunds);
    }

    Order paid(Instant now) {
        return as(State.PAID, "支付完成", now);
    }

    Order failed(String why) {
        return as(State.FAILED, why, null);
    }

    Order lapsed() {
        return as(State.LAPSED, "未支付", null);
    }

    Order refunded(Refund refund) {
        var more = new ArrayList<>(refunds);
        more.add(refund);
        return withRefunds(more);
    }

    Order decided(String reason, boolean done) {
        return withRefunds(
                refunds.stream()
                        .map(refund ->
                                refund.reason().equals(reason)
                                        ? new Refund(
                                                refund.id(),
                                                refund.fen(),
                                                refund.reason(),
                                                refund.operator(),
                                                refund.at(),
                                                done)
                                        : refund)
                        .toList());
    }

    /** What may still be refunded. */
    long refundable(Instant now, Duration after) {
        long gone = 0;
        for (var refund : refunds) {
            gone += refund.status(now, after).equals("2") ? 0 : refund.fen();
        }
        return fen - gone;
    }

    String amount() {
        return yuan(fen);
    }

    static String yuan(long fen) {
        return "%d.%02d".formatted(fen / 100, fen % 100);
    }

    /** {@code pmode} where it is told as text. */
    String bankName() {
        return bank == null ? "" : bank.chineseName();
    }

    /** {@code pstatus} of a query. */
    String queried() {
        return switch (state) {
            case PAID -> "1";
            case UNPAID, LAPSED -> "2";
            case FAILED -> "3";
        };
    }

    /** {@code v_pstatus} of a browser's return. */
    String returned() {
        return switch (state) {
            case PAID -> "20";
            case FAILED -> "30";
            case UNPAID, LAPSED -> "1";
        };
    }

    private Order as(State next, String why, @Nullable Instant paid) {
        return new Order(
                oid, number, day, fen, url, bank, gbk, payerName, next, why, createdAt, paid,
                refunds);
    }

    private Order withRefunds(List<Refund> changed) {
        return new Order(
                oid,
                number,
                day,
                fen,
                url,
                bank,
                gbk,
                payerName,
                state,
                words,
                createdAt,
                paidAt,
                List.copyOf(changed));
    }

    /** Who pays stays out of logs. */
    @Override
    public String toString() {
        return "Order[" + oid + " " + state + "]";
    }
}
