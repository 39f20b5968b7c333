package io.ferrypay.sandbox.wechat.notification;

import io.ferrypay.sandbox.wechat.fault.NotificationFaults.Flaw;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.Payment;
import io.ferrypay.sandbox.wechat.order.Refund;
import io.ferrypay.sandbox.wechat.order.RefundFacts;
import io.ferrypay.sandbox.wechat.order.RefundStatus;
import io.ferrypay.sandbox.wechat.order.Transaction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;

/** A result to tell a merchant: under one id, and with the same facts, however often it is told. */
sealed interface News {

    String OTHER_SHOP = "1900009999";
    String OTHER_CURRENCY = "THB";
    int NUMBER_DIGITS = 10;
    DateTimeFormatter BEIJING_SECOND =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    /** One for each result. */
    String key();

    /** The notification's id. */
    String id();

    String outTradeNo();

    String notifyUrl();

    Instant at();

    String eventType();

    String summary();

    String originalType();

    /**
     * What is told, or a lie about it.
     *
     * @param bothNames whether WeChat's order number is also sent as {@code transaction_id}
     */
    Object facts(List<Flaw> flaws, boolean bothNames);

    private static String id(Instant at, String number) {
        return "EV-"
                + BEIJING_SECOND.format(at)
                + number.substring(number.length() - NUMBER_DIGITS);
    }

    private static int lie(List<Flaw> flaws) {
        return flaws.contains(Flaw.TAMPERED_AMOUNT) ? 1 : 0;
    }

    private static String currency(List<Flaw> flaws, String truth) {
        return flaws.contains(Flaw.WRONG_CURRENCY) ? OTHER_CURRENCY : truth;
    }

    private static String shop(List<Flaw> flaws, String truth) {
        return flaws.contains(Flaw.WRONG_SUB_MCHID) ? OTHER_SHOP : truth;
    }

    record OfPayment(Order order, Payment payment) implements News {

        @Override
        public String key() {
            return order.outTradeNo();
        }

        @Override
        public String id() {
            return News.id(payment.at(), payment.id());
        }

        @Override
        public String outTradeNo() {
            return order.outTradeNo();
        }

        @Override
        public String notifyUrl() {
            return order.terms().notifyUrl();
        }

        @Override
        public Instant at() {
            return payment.at();
        }

        @Override
        public String eventType() {
            return "TRANSACTION.SUCCESS";
        }

        @Override
        public String summary() {
            return "支付成功";
        }

        @Override
        public String originalType() {
            return "transaction";
        }

        @Override
        public Object facts(List<Flaw> flaws, boolean bothNames) {
            var truth = Transaction.ofPaid(order, bothNames);
            return truth.butWith(
                    truth.amount().total() + News.lie(flaws),
                    News.currency(flaws, truth.amount().currency()),
                    News.shop(flaws, truth.subMchid()));
        }
    }

    /** A refund that has ended, one way or another. */
    record OfRefund(Refund refund) implements News {

        @Override
        public String key() {
            return "refund/" + refund.outRefundNo() + "/" + refund.status();
        }

        @Override
        public String id() {
            return News.id(at(), refund.id()) + refund.status().name().charAt(0);
        }

        @Override
        public String outTradeNo() {
            return refund.outTradeNo();
        }

        @Override
        public String notifyUrl() {
            return Objects.requireNonNull(refund.terms().notifyUrl());
        }

        @Override
        public Instant at() {
            return Objects.requireNonNullElse(refund.endedAt(), refund.createdAt());
        }

        @Override
        public String eventType() {
            return "REFUND." + refund.status().notifiedAs();
        }

        @Override
        public String summary() {
            return refund.status().summary();
        }

        @Override
        public String originalType() {
            return "refund";
        }

        @Override
        public Object facts(List<Flaw> flaws, boolean bothNames) {
            return RefundFacts.notified(
                    refund,
                    News.shop(flaws, refund.subMchid()),
                    refund.terms().refund() + News.lie(flaws),
                    News.currency(flaws, refund.terms().currency()));
        }

        /** Whether anybody is to be told. */
        static boolean isDue(Refund refund) {
            return refund.status() != RefundStatus.PROCESSING && refund.terms().notifyUrl() != null;
        }
    }
}
