package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What events become in the books. */
class BookingTest extends LedgerTest {

    @Test
    void a_channel_that_takes_the_merchants_currency_owes_what_the_merchant_is_owed() {
        var paid = paid("wechat", "120.00 NZD", "120.00 NZD");

        happen(paid);

        assertThat(booked(paid.subject()))
                .isEqualTo(
                        Map.of(
                                "channel-receivable/wechat NZD",
                                12000L,
                                "merchant-payable/" + merchant + " NZD",
                                -12000L));
    }

    @Test
    void a_channel_that_takes_yuan_owes_yuan_and_the_exchange_stays_with_us() {
        var paid = paid("jdpay", "120.00 NZD", "557.40 CNY");

        happen(paid);

        assertThat(booked(paid.subject()))
                .isEqualTo(
                        Map.of(
                                "channel-receivable/jdpay CNY",
                                55740L,
                                "fx-position/jdpay CNY",
                                -55740L,
                                "fx-position/jdpay NZD",
                                12000L,
                                "merchant-payable/" + merchant + " NZD",
                                -12000L));
    }

    @Test
    void a_merchant_who_is_owed_yuan_needs_no_exchange() {
        var paid = paid("payease", "10.00 CNY", "10.00 CNY");

        happen(paid);

        assertThat(booked(paid.subject()))
                .containsOnlyKeys(
                        "channel-receivable/payease CNY", "merchant-payable/" + merchant + " CNY");
    }

    @Test
    void a_currency_without_decimals_counts_its_whole_units() {
        var paid = paid("alipay", "1200 JPY", "1200 JPY");

        happen(paid);

        assertThat(balance("test", "merchant-payable", merchant, "JPY")).isEqualTo(-1200);
    }

    @Test
    void a_refund_of_a_part_takes_it_back_on_every_side() {
        var paid = paid("jdpay", "120.00 NZD", "557.40 CNY");
        var refunded =
                refunded(paid.subject(), merchant, "requested", "jdpay", "20.00 NZD", "92.90 CNY");

        happen(paid);
        happen(refunded);

        assertThat(booked(refunded.subject()))
                .isEqualTo(
                        Map.of(
                                "merchant-payable/" + merchant + " NZD",
                                2000L,
                                "fx-position/jdpay NZD",
                                -2000L,
                                "fx-position/jdpay CNY",
                                9290L,
                                "channel-receivable/jdpay CNY",
                                -9290L));
        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(-10000);
    }

    @Test
    void held_money_is_owed_to_nobody_yet_and_then_to_the_merchant() {
        var paid = paid("jdpay", "120.00 NZD", "557.40 CNY");
        var held = heldAs("payment.under_review", paid, "pending");

        happen(held, held);
        assertThat(balance("test", "held-payable", merchant, "NZD")).isEqualTo(-12_000);
        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isZero();
        assertThat(verifyBooks.verify().violations()).isZero();

        var receivable = balance("test", "channel-receivable", "jdpay", "CNY");
        happen(heldAs("payment.paid", paid, "under_review"));

        assertThat(balance("test", "held-payable", merchant, "NZD")).isZero();
        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(-12_000);
        assertThat(balance("test", "channel-receivable", "jdpay", "CNY")).isEqualTo(receivable);
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void held_money_that_is_refused_is_owed_to_the_payer_as_it_came() {
        var surplus = balance("test", "surplus-payable", "jdpay", "CNY");
        var position = balance("test", "fx-position", "jdpay", "CNY");
        var paid = paid("jdpay", "120.00 NZD", "557.40 CNY");

        happen(
                heldAs("payment.under_review", paid, "pending"),
                heldAs("payment.failed", paid, "under_review"),
                refunded(paid.subject(), merchant, "surplus", "jdpay", "120.00 NZD", "557.40 CNY"));

        assertThat(balance("test", "held-payable", merchant, "NZD")).isZero();
        assertThat(balance("test", "surplus-payable", "jdpay", "CNY")).isEqualTo(surplus);
        assertThat(balance("test", "fx-position", "jdpay", "CNY")).isEqualTo(position);
        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isZero();
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void a_payment_that_failed_before_anybody_paid_books_nothing() {
        var failed = heldAs("payment.failed", paid("wechat", "1.00 NZD", "1.00 NZD"), "pending");

        happen(failed);

        assertThat(booked(failed.subject())).isEmpty();
    }

    @Test
    void a_surplus_is_owed_to_payers_as_it_came_and_not_to_the_merchant() {
        var payment = newId("pay_");
        var order = newId("ORDER");
        var before = balance("test", "surplus-payable", "payease", "CNY");

        happen(surplusPaid(payment, merchant, order, "payease", "120.00 NZD", "557.40 CNY"));

        assertThat(booked(order))
                .isEqualTo(
                        Map.of(
                                "channel-receivable/payease CNY", 55740L,
                                "surplus-payable/payease CNY", -55740L));
        happen(refunded(payment, merchant, "surplus", "payease", "120.00 NZD", "557.40 CNY"));
        assertThat(balance("test", "surplus-payable", "payease", "CNY")).isEqualTo(before);
        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isZero();
    }

    @Test
    void late_money_is_told_twice_and_booked_once() {
        var paid = paid("wechat", "5.00 NZD", "5.00 NZD");
        var late =
                new io.ferrypay.events.Event(
                        newId("evt_"),
                        "payment.paid_late",
                        paid.subject(),
                        4,
                        paid.time(),
                        paid.data());

        happen(paid, late);

        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(-500);
    }

    @Test
    void an_event_that_comes_again_changes_nothing() {
        var paid = paid("wechat", "5.00 NZD", "5.00 NZD");

        happen(paid, paid);
        happen(paid);

        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(-500);
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void a_payment_is_not_booked_for_a_second_event() {
        var payment = newId("pay_");
        happen(paid(payment, merchant, false, "wechat", "5.00 NZD", "5.00 NZD"));

        assertThatThrownBy(() ->
                        happen(paid(payment, merchant, false, "wechat", "5.00 NZD", "5.00 NZD")))
                .hasMessageContaining("a_subject_is_booked_once");

        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(-500);
    }

    @Test
    void an_event_that_lacks_what_was_charged_is_refused_and_so_parked() {
        var paid = paid("wechat", "5.00 NZD", "5.00 NZD");
        ((tools.jackson.databind.node.ObjectNode) paid.data()).remove("charge");

        assertThatThrownBy(() -> happen(paid)).hasMessageContaining("is missing");
        assertThatThrownBy(() -> happen(paid("wechat", "5.00 NZD", "5.01 NZD")))
                .hasMessageContaining("not what is owed");

        assertThat(booked(paid.subject())).isEmpty();
    }

    @Test
    void test_and_live_money_stay_apart() {
        happen(paid(newId("pay_"), merchant, false, "wechat", "5.00 NZD", "5.00 NZD"));
        happen(
                List.of(
                        paid(newId("pay_"), merchant, true, "wechat", "7.00 NZD", "7.00 NZD"),
                        paid(newId("pay_"), merchant, false, "wechat", "1.00 NZD", "1.00 NZD")));

        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(-600);
        assertThat(balance("live", "merchant-payable", merchant, "NZD")).isEqualTo(-700);
    }
}
