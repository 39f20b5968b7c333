package io.ferrypay.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.acceptance.contract.Company.Call;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a payment channel has to do, whoever is behind it. Every test is a behaviour, and its name a
 * row of the table in {@code docs/channels.md}. A company that has no such thing says why, and the
 * test shows that it has not.
 *
 * <p>All of them run at the same time, so what goes wrong on purpose goes wrong about one order.
 */
@ExtendWith(Findings.class)
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(LongestFirst.class)
abstract class ChannelContract extends Shopping {

    private static final String PRICE = "120.00";
    private static final BigDecimal WHOLE = new BigDecimal(PRICE);
    private static final int AT_ONCE = 20;

    private final Once<Refunded> refunded = new Once<>(this::payAndRefund);

    ChannelContract(Company company) {
        super(company.platform, company);
    }

    @Test
    @org.junit.jupiter.api.Order(1)
    void a_paid_order_is_paid_once_and_told_once() {
        var order = open(company.choice());
        assertThat(status(order)).isEqualTo("pending");
        company.pay(order);

        becomesPaid(order);
        eventually().until(() -> kept(order, "accepted") == 1);
        assertThat(company.notices(order))
                .isNotEmpty()
                .allSatisfy(notice -> assertThat(notice.path("accepted").asBoolean()).isTrue());
    }

    @Test
    @org.junit.jupiter.api.Order(2)
    void the_company_is_told_what_the_shopper_is_shown() {
        var order = open(company.choice());
        company.visit(order);

        var currency =
                platform.queryOne(
                        "payment_channel",
                        "select channel_currency from attempt where order_number = ?",
                        order.number());
        assertThat(currency).isEqualTo(company.toldIn());
        assertThat(company.told(order)).isEqualByComparingTo(charged(order));
        if (currency.equals("NZD")) {
            assertThat(charged(order)).isEqualByComparingTo(WHOLE);
        } else {
            var page = platform.shopper("GET", "/checkout/" + order.nonce(), null).body();
            assertThat(page.path("payer_amount").asString())
                    .isEqualTo(charged(order).toPlainString());
        }
    }

    @Test
    @org.junit.jupiter.api.Order(3)
    void a_shopper_who_asks_twice_gets_the_same_order() {
        var order = open(company.choice());

        var again = ask(order.nonce(), order.choice());
        assertThat(again.status()).isEqualTo(200);
        assertThat(attempts(order)).isEqualTo(1);
        assertThat(platform.orderNumberOf(order.paymentId())).isEqualTo(order.number());
        company.pay(order);
        becomesPaid(order);
    }

    @Test
    @org.junit.jupiter.api.Order(4)
    void an_order_that_was_not_placed_is_placed_when_asked_again() {
        placingGoesWrong("fail_before", false);
    }

    @Test
    @org.junit.jupiter.api.Order(5)
    void an_order_placed_without_an_answer_is_found_again() {
        placingGoesWrong("fail_after", true);
    }

    private void placingGoesWrong(String how, boolean placed) {
        var payment = create(900);
        if (lacks(Gap.CALL_TO_PLACE)) {
            var order = begin(payment, company.choice());
            assertThat(order.attempt().path("offer_kind").asString()).isEqualTo("form");
            assertThat(company.orderAtCompany(order.number()).status()).isEqualTo(404);
            return;
        }
        var nonce = payment.path("nonce").asString();
        company.placing().writeLock().lock();
        try {
            company.faultsOfAll(
                    Map.of("api", Map.of(company.call(Call.PLACE, null), Map.of(how, 100))));
            eventually()
                    .until(() -> {
                        var answer = ask(nonce, company.choiceByCall());
                        assertThat(answer.status()).isGreaterThan(500);
                        return answer.code().equals("channel_unavailable");
                    });
        } finally {
            company.faultsOfAll(Map.of());
            company.placing().writeLock().unlock();
        }
        var number = platform.orderNumberOf(payment.path("id").asString());
        assertThat(company.orderAtCompany(number).status()).isEqualTo(placed ? 200 : 404);

        var order = begin(payment, company.choiceByCall());
        assertThat(order.number()).isEqualTo(number);
        assertThat(attempts(order)).isEqualTo(1);
        company.pay(order);
        becomesPaid(order);
    }

    @Test
    @org.junit.jupiter.api.Order(6)
    void a_final_no_fails_the_payment() {
        var order = open(company.choice());
        company.decline(order);

        if (lacks(Gap.FINAL_DECLINE)) {
            eventually(minutes(1)).until(() -> queries(order) > 0);
            assertThat(status(order)).isEqualTo("pending");
            assertThat(told(order.paymentId(), "payment.failed")).isZero();
            return;
        }
        eventually().until(() -> status(order).equals("failed"));
        assertThat(payment(order).path("failure").path("code").asString()).isEqualTo("declined");
        toldOnce(order.paymentId(), "payment.failed");
    }

    @Test
    @org.junit.jupiter.api.Order(7)
    void whoever_was_refused_can_try_again_and_pay() {
        var order = open(company.choice());
        company.decline(order);
        if (!company.gaps().containsKey(Gap.FINAL_DECLINE)) {
            eventually().until(() -> status(order).equals("failed"));
        }

        var again = begin(order.paymentId(), order.nonce(), order.choice());
        company.pay(again);
        becomesPaid(again);
        assertThat(payment(order).path("surplus_amount").isNull()).isTrue();
    }

    @Test
    @org.junit.jupiter.api.Order(8)
    void a_payment_whose_notifications_are_lost_is_found_by_asking() {
        var order = open(company.choice());
        company.faults(order, nothingIsTold());
        company.pay(order);

        becomesPaid(order);
        assertThat(kept(order, "accepted")).isZero();
    }

    @Test
    @org.junit.jupiter.api.Order(9)
    void an_answer_that_nobody_signed_decides_nothing() {
        var order = open(company.choice());
        var faults = fault(order, Call.QUERY, "unsigned", 100);
        faults.putAll(nothingIsTold());
        company.faults(order, faults);
        company.pay(order);

        eventually().until(() -> queries(order) > 0);
        assertThat(status(order)).isEqualTo("pending");
        assertThat(told(order.paymentId(), "payment.paid")).isZero();
        company.faults(order, nothingIsTold());
        becomesPaid(order);
    }

    @Test
    @org.junit.jupiter.api.Order(10)
    void a_notification_that_is_repeated_counts_once() {
        var order = open(company.choice());
        company.faults(order, notification(Map.of("duplicate", 5)));
        company.pay(order);

        countsOnce(order, 6);
    }

    @Test
    @org.junit.jupiter.api.Order(11)
    void notifications_at_the_same_moment_count_once() {
        var order = open(company.choice());
        company.faults(order, notification(Map.of("parallel", AT_ONCE)));
        company.pay(order);

        countsOnce(order, AT_ONCE);
    }

    private void countsOnce(Order order, int copies) {
        becomesPaid(order);
        eventually().until(() -> company.notices(order).size() >= copies);
        assertThat(company.notices(order))
                .filteredOn(notice -> notice.path("status").isNumber()) // The others timed out.
                .hasSizeGreaterThan(1)
                .allSatisfy(notice -> assertThat(notice.path("accepted").asBoolean()).isTrue());
        assertThat(kept(order, "accepted")).isEqualTo(1);
        assertThat(told(order.paymentId(), "payment.paid")).isEqualTo(1);
        assertThat(shop.idsOf(order.paymentId(), "payment.paid")).hasSize(1);
    }

    @Test
    @org.junit.jupiter.api.Order(12)
    void another_amount_counts_for_nothing() {
        lied("tampered_amount", "wrong_amount");
    }

    @Test
    @org.junit.jupiter.api.Order(13)
    void another_currency_counts_for_nothing() {
        lied("wrong_currency", "wrong_currency");
    }

    @Test
    @org.junit.jupiter.api.Order(14)
    void the_name_of_another_merchant_counts_for_nothing() {
        lied(company.wrongMerchantFault(), company.wrongMerchantReason());
    }

    @Test
    @org.junit.jupiter.api.Order(15)
    void another_key_counts_for_nothing() {
        var order = lied("bad_signature", company.wrongKeyReason());

        assertThat(company.notices(order))
                .isNotEmpty()
                .allSatisfy(notice -> assertThat(notice.path("accepted").asBoolean()).isFalse());
    }

    @Test
    @org.junit.jupiter.api.Order(16)
    void an_old_signature_counts_for_nothing() {
        if (lacks(Gap.TIME_IN_NOTICES)) {
            assertThat(company.knowsNotificationFault("stale")).isFalse();
            return;
        }
        lied("stale", "stale");
    }

    /** The notification lies, the money is real: only asking brings it in. */
    private Order lied(String fault, String reason) {
        var order = open(company.choice());
        var begun = Instant.now();
        company.faults(order, notification(Map.of(fault, true)));
        company.pay(order);
        eventually().until(() -> !company.notices(order).isEmpty());

        eventually().until(() -> refused(order, reason, begun) > 0);
        becomesPaid(order);
        assertThat(kept(order, "accepted")).isZero();
        return order;
    }

    @Test
    @org.junit.jupiter.api.Order(17)
    void a_browser_that_comes_back_has_the_company_asked() {
        if (lacks(Gap.BROWSER_RETURN)) {
            assertThat(
                            platform.browse(
                                    platform.url
                                            + "/channels/"
                                            + company.code()
                                            + "/returns/"
                                            + company.account(),
                                    Map.of()))
                    .isEqualTo(404);
            return;
        }
        var order = open(company.choiceInBrowser());
        company.faults(order, nothingIsTold());

        assertThat(company.payAndComeBack(order)).isEqualTo(303);
        becomesPaid(order);
        assertThat(kept(order, "accepted")).isZero();
    }

    @Test
    @org.junit.jupiter.api.Order(18)
    void a_cancel_makes_the_order_unpayable() {
        var order = open(company.choiceThatCloses());
        company.visit(order);
        var canceled = cancel(order);

        assertThat(canceled.status()).as("%s", canceled.body()).isEqualTo(200);
        assertThat(status(order)).isEqualTo("canceled");
        toldOnce(order.paymentId(), "payment.canceled");
        if (lacks(Gap.CLOSING)) {
            assertThat(company.tryToPay(order).status()).isEqualTo(200);
        } else {
            nobodyCanPay(order);
        }
    }

    @Test
    @org.junit.jupiter.api.Order(19)
    void money_that_is_quicker_than_a_cancel_wins() {
        var order = open(company.choice());
        company.faults(order, nothingIsTold());
        company.pay(order);
        var canceled = cancel(order);

        assertThat(canceled.status()).isEqualTo(409);
        assertThat(canceled.code()).isEqualTo("payment_ended");
        assertThat(payment(order).path("paid_late").asBoolean()).isFalse();
        becomesPaid(order);
        assertThat(told(order.paymentId(), "payment.canceled")).isZero();
    }

    @Test
    @org.junit.jupiter.api.Order(20)
    void money_after_a_cancel_is_late_and_not_lost() {
        var order = open(company.choice());
        company.visit(order);
        assertThat(cancel(order).status()).isEqualTo(200);
        if (lacks(Gap.LATE_MONEY)) {
            nobodyCanPay(order);
            return;
        }
        company.pay(order);

        becomesPaid(order);
        assertThat(payment(order).path("paid_late").asBoolean()).isTrue();
        toldOnce(order.paymentId(), "payment.paid_late");
    }

    @Test
    @org.junit.jupiter.api.Order(21)
    @TakesAMinute
    void an_unpaid_payment_expires_and_is_told_once() {
        var order = open(company.choiceThatCloses(), 60);
        company.visit(order);

        eventually(minutes(2)).until(() -> status(order).equals("expired"));
        toldOnce(order.paymentId(), "payment.expired");
        if (!company.gaps().containsKey(Gap.CLOSING)) {
            nobodyCanPay(order);
        }
    }

    @Test
    @org.junit.jupiter.api.Order(22)
    void a_second_payment_goes_back() {
        var first = open(company.choice());
        company.visit(first);
        if (!company.gaps().containsKey(Gap.CLOSING)) {
            company.faults(first, fault(first, Call.CLOSE, "fail_before", 1000));
        }
        var others = company instanceof Wechat ? new Alipay(platform) : new Wechat(platform);
        var second = begin(others, first.paymentId(), first.nonce(), others.choiceByCall());
        others.pay(second);
        becomesPaid(first);
        company.pay(first);

        toldOnce(first.paymentId(), "payment.surplus_paid");
        eventually(minutes(2)).until(() -> company.givenBack(first).compareTo(charged(first)) == 0);
        assertThat(payment(first).path("surplus_amount").asString()).isEqualTo(PRICE);
        assertThat(payment(first).path("refund_state").asString()).isEqualTo("none");
        eventually()
                .until(() ->
                        platform.count(
                                        "payment_channel",
                                        "select count(*) from refund where order_number = ?"
                                                + " and kind = 'surplus' and status = 'succeeded'",
                                        first.number())
                                == 1);
        assertThat(told(first.paymentId(), "payment.paid")).isEqualTo(1);
    }

    @Test
    @org.junit.jupiter.api.Order(23)
    void a_refund_goes_back_once_and_is_told_once() {
        var done = refunded.get();

        assertThat(company.givenBack(done.order())).isEqualByComparingTo(charged(done.order()));
        toldOnce(done.refund(), "refund.succeeded");
        assertThat(payment(done.order()).path("status").asString()).isEqualTo("paid");
        assertThat(payment(done.order()).path("refund_state").asString()).isEqualTo("full");
        assertThat(refundAnswer(done.order(), null).code()).isEqualTo("refund_exceeds_balance");
    }

    @Test
    @org.junit.jupiter.api.Order(24)
    @TakesAMinute
    void refunds_in_parts_come_to_the_last_cent() {
        var order = paid(company.choice());
        var some = refund(order, "33.33");
        var rest = refund(order, "86.67");
        var more = refundAnswer(order, "0.01");

        assertThat(more.status()).isEqualTo(422);
        assertThat(more.code()).isEqualTo("refund_exceeds_balance");
        eventually(minutes(3))
                .until(() ->
                        refundStatus(some).equals("succeeded")
                                && refundStatus(rest).equals("succeeded"));
        assertThat(company.givenBack(order)).isEqualByComparingTo(charged(order));
        assertThat(payment(order).path("refund_state").asString()).isEqualTo("full");
        assertThat(payment(order).path("refunded_amount").asString()).isEqualTo(PRICE);
        assertThat(
                        platform.count(
                                "payment_channel",
                                "select sum(channel_amount_minor) from refund where payment_id = ?",
                                order.paymentId()))
                .isEqualTo(charged(order).movePointRight(2).longValueExact());
    }

    @Test
    @org.junit.jupiter.api.Order(25)
    void a_notification_replayed_after_the_refund_changes_nothing() {
        var order = refunded.get().order();
        var before = payment(order);

        var again = company.notifyAgain(order);
        assertThat(again)
                .isNotEmpty()
                .allSatisfy(notice -> assertThat(notice.path("accepted").asBoolean()).isTrue());
        assertThat(payment(order)).isEqualTo(before);
        assertThat(kept(order, "accepted")).isEqualTo(1);
        assertThat(told(order.paymentId(), "payment.paid")).isEqualTo(1);
    }

    @Test
    @org.junit.jupiter.api.Order(26)
    void notifications_out_of_order_change_nothing() {
        var order = open(company.choice());
        company.faults(order, nothingIsTold());
        company.pay(order);
        becomesPaid(order);
        var refund = refund(order, PRICE);
        eventually(minutes(2)).until(() -> refundStatus(refund).equals("succeeded"));
        var before = payment(order);

        var late = company.notifyAgain(order);
        assertThat(late).isNotEmpty();
        assertThat(kept(order, "accepted")).isEqualTo(1);
        assertThat(payment(order)).isEqualTo(before);
        assertThat(told(order.paymentId(), "payment.paid")).isEqualTo(1);
        toldOnce(refund, "refund.succeeded");
    }

    @Test
    @org.junit.jupiter.api.Order(27)
    void of_twenty_refunds_at_once_only_as_many_as_there_is_money_for() throws Exception {
        var order = paid(company.choice());

        var answers = atOnce(() -> refundAnswer(order, "70.00"));
        var accepted = answers.stream().filter(answer -> answer.status() == 201).toList();
        assertThat(accepted).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer ->
                        assertThat(answer.code())
                                .isIn("refund_exceeds_balance", "request_in_progress"));
        var refund = accepted.getFirst().body().path("id").asString();
        eventually(minutes(2)).until(() -> refundStatus(refund).equals("succeeded"));
        assertThat(company.refundNumbers(order)).hasSize(1);
        assertThat(company.givenBack(order)).isPositive().isLessThan(charged(order));
        assertThat(payment(order).path("refunded_amount").asString()).isEqualTo("70.00");
    }

    @Test
    @org.junit.jupiter.api.Order(28)
    void a_refund_done_without_an_answer_is_not_done_twice() {
        var order = paid(company.choice());
        company.faults(order, fault(order, Call.REFUND, "fail_after", 1));
        var refund = refund(order, "20.00");

        eventually(minutes(2)).until(() -> refundStatus(refund).equals("succeeded"));
        assertThat(company.givenBack(order))
                .isEqualByComparingTo(
                        Company.hundredths(
                                platform.count(
                                        "payment_channel",
                                        "select channel_amount_minor from refund where id = ?",
                                        refund)));
        toldOnce(refund, "refund.succeeded");
    }

    @Test
    @org.junit.jupiter.api.Order(29)
    void a_refund_that_is_refused_gives_the_money_back_to_the_payment() {
        var order = paid(company.choice());
        company.refuseRefunds(order);
        var refund = refund(order, PRICE);
        eventually().until(() -> !submission(refund).equals("waiting"));
        eventually()
                .ignoreExceptions()
                .until(() -> {
                    if (refundStatus(refund).equals("pending")) {
                        company.refuse(company.refundNumbers(order).getFirst());
                    }
                    return true;
                });

        eventually(minutes(2)).until(() -> refundStatus(refund).equals("failed"));
        toldOnce(refund, "refund.failed");
        assertThat(company.givenBack(order)).isZero();
        assertThat(payment(order).path("refunded_amount").asString()).isEqualTo("0.00");
        assertThat(refundAnswer(order, PRICE).status()).isEqualTo(201);
    }

    @Test
    @org.junit.jupiter.api.Order(30)
    @TakesAMinute
    void a_refund_that_was_not_done_is_asked_for_again() {
        var order = paid(company.choice());
        company.faults(order, fault(order, Call.REFUND, "fail_before", 3));
        var refund = refund(order, PRICE);

        await("the company was asked").until(() -> submission(refund).equals("unsure"));
        assertThat(company.givenBack(order)).isZero();
        assertThat(refundStatus(refund)).isEqualTo("pending");
        company.faults(order, Map.of());

        if (lacks(Gap.REPEATABLE_REFUNDS)) {
            eventually(minutes(1))
                    .during(seconds(20))
                    .until(() ->
                            refundStatus(refund).equals("pending")
                                    && submission(refund).equals("unsure"));
            assertThat(company.refundNumbers(order)).hasSize(1);
            assertThat(company.givenBack(order)).isZero();
            assertThat(payment(order).path("refunded_amount").asString()).isEqualTo("0.00");
            return;
        }
        eventually(minutes(3)).until(() -> refundStatus(refund).equals("succeeded"));
        assertThat(company.givenBack(order)).isEqualByComparingTo(charged(order));
        toldOnce(refund, "refund.succeeded");
    }

    private Refunded payAndRefund() {
        var order = paid(company.choice());
        eventually().until(() -> kept(order, "accepted") == 1);
        var refund = refund(order, PRICE);
        eventually(minutes(2)).until(() -> refundStatus(refund).equals("succeeded"));
        return new Refunded(order, refund);
    }

    private record Refunded(Order order, String refund) {}

    private void nobodyCanPay(Order order) {
        assertThat(company.tryToPay(order).status()).isEqualTo(409);
        assertThat(told(order.paymentId(), "payment.paid")).isZero();
    }

    /** Whether the company has no such thing; the test then has to show that it has not. */
    private boolean lacks(Gap gap) {
        company.gap(gap).ifPresent(Findings::lacking);
        return company.gap(gap).isPresent();
    }

    private Map<String, Object> fault(Order order, Call call, String how, int times) {
        return new HashMap<>(Map.of("api", Map.of(company.call(call, order), Map.of(how, times))));
    }

    private static Map<String, Object> notification(Map<String, Object> faults) {
        return Map.of("notification", faults);
    }

    private static Map<String, Object> nothingIsTold() {
        return notification(Map.of("drop", 500));
    }

    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
            var results = new ArrayList<T>();
            for (var future : pool.invokeAll(Collections.nCopies(AT_ONCE, work))) {
                results.add(future.get());
            }
            return results;
        }
    }
}
