package io.ferrypay.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.acceptance.RunningPlatform;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Payease: a bank's page, told in yuan, with neither a close nor a number for refunds. */
final class Payease extends Company {

    /** Each bank has its limit of a day, so the load is shared out. */
    private static final List<String> BANKS = List.of("CMB", "CCB", "ICBC", "ABC", "BOC", "CEB");

    Payease(RunningPlatform platform) {
        super(platform);
    }

    @Override
    String title() {
        return "Payease";
    }

    @Override
    String code() {
        return "payease";
    }

    @Override
    Map<Gap, String> gaps() {
        return Map.of(
                Gap.CALL_TO_PLACE,
                "the payer's browser places the order with a form of ours.",
                Gap.FINAL_DECLINE,
                "a bank's no leaves the order payable until it lapses.",
                Gap.CLOSING,
                "there is no such call: unpaid orders lapse.",
                Gap.TIME_IN_NOTICES,
                "there is no time in notifications; what one says is confirmed by a query.",
                Gap.REPEATABLE_REFUNDS,
                "refunds have no number of ours: whether one was done is looked up for five"
                        + " minutes before it is asked for again.");
    }

    @Override
    Map<String, Object> choice() {
        return Map.of(
                "method",
                "onlinebank",
                "bank_code",
                BANKS.get(ThreadLocalRandom.current().nextInt(BANKS.size())),
                "payer",
                Map.of("name", "王小明", "id_number", "11010519491231002X"));
    }

    @Override
    String toldIn() {
        return "CNY";
    }

    @Override
    void visit(Order order) {
        browse(order, "leave");
    }

    @Override
    void pay(Order order) {
        browse(order, "pay");
    }

    @Override
    int payAndComeBack(Order order) {
        return platform.browse(browse(order, "pay"), Map.of());
    }

    @Override
    void goWrong(Order order) {
        var answer =
                platform.sandbox("POST", "/control/payease/browser/pay", command(order, "pay"));
        assertThat(answer.status()).isBetween(400, 499);
    }

    /** The day is part of the order's number at Payease. */
    @Override
    Order setBack(Shopping till, Order order, Duration by) {
        setBack("created_at", order, by);
        var again = till.begin(order.paymentId(), order.nonce(), order.choice());
        assertThat(again.number()).isEqualTo(order.number());
        return again;
    }

    @Override
    void setPaidBack(Order order, Duration by) {
        setBack("paid_at", order, by);
    }

    private void setBack(String column, Order order, Duration by) {
        platform.update(
                "payment_channel",
                "update attempt set %1$s = %1$s - make_interval(secs => ?) where order_number = ?"
                        .formatted(column),
                by.toSeconds(),
                order.number());
    }

    private String browse(Order order, String outcome) {
        return control("POST", "/browser/pay", command(order, outcome))
                .path("return_url")
                .asString();
    }

    private static Map<String, Object> command(Order order, String outcome) {
        var form = order.attempt().path("form");
        return Map.of(
                "action", form.path("action"), "fields", form.path("fields"), "outcome", outcome);
    }

    @Override
    BigDecimal told(Order order) {
        return new BigDecimal(orderAtCompany(order.number()).body().path("amount").asString());
    }

    @Override
    BigDecimal givenBack(Order order) {
        return hundredths(
                orderAtCompany(order.number())
                        .body()
                        .path("refunds")
                        .valueStream()
                        .filter(refund -> refund.path("decided").asBoolean(true))
                        .mapToLong(refund -> refund.path("fen").asLong())
                        .sum());
    }

    @Override
    String call(Call call, Order order) {
        return switch (call) {
            case QUERY -> "query";
            case REFUND -> "refund";
            case PLACE, CLOSE -> throw new UnsupportedOperationException("Payease has no " + call);
        };
    }

    @Override
    String wrongMerchantFault() {
        return "wrong_merchant";
    }

    @Override
    String wrongMerchantReason() {
        return "wrong_merchant";
    }

    @Override
    String wrongKeyReason() {
        return "wrong_sign";
    }

    @Override
    void refuseRefunds(Order order) {}

    @Override
    void refuse(String refundNumber) {
        control("POST", "/refunds/" + refundNumber + "/fail", null);
    }
}
