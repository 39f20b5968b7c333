package io.ferrypay.paymentchannel.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class WechatTransactionTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "NOTPAY, Pending[payerIsConfirming=false]",
        "USERPAYING, Pending[payerIsConfirming=true]",
        "CLOSED, Closed[]",
        "REVOKED, Closed[]",
        "PAYERROR, Declined[code=PAYERROR]",
        "ACCEPTED, 'Unknown[why=an unfamiliar trade_state, answered=false]'",
        "success, 'Unknown[why=an unfamiliar trade_state, answered=false]'",
        "'', 'Unknown[why=an unfamiliar trade_state, answered=false]'"
    })
    void every_state_has_one_meaning(String state, String meaning) {
        var transaction = read(SampleOrders.transaction(state));

        assertThat(transaction.outcome(NOW)).hasToString(meaning);
    }

    @Test
    void a_refunded_order_was_paid() {
        var transaction = read(SampleOrders.paid().replace("\"SUCCESS\"", "\"REFUND\""));

        assertThat(transaction.outcome(NOW)).isInstanceOf(ChannelOutcome.Succeeded.class);
        assertThat(((ChannelOutcome.Succeeded) transaction.outcome(NOW)).hasGoneBack()).isTrue();
        assertThat(read(SampleOrders.paid()).outcome(NOW))
                .isInstanceOfSatisfying(
                        ChannelOutcome.Succeeded.class,
                        paid -> assertThat(paid.hasGoneBack()).isFalse());
    }

    @Test
    void no_state_is_unknown() {
        assertThat(read("{}").outcome(NOW)).isInstanceOf(ChannelOutcome.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"total\":12000,",
                "\"currency\":\"NZD\",",
                "\"id\":\"4200000000202611240000000001\","
            })
    void a_success_without_number_or_amount_is_unknown(String missing) {
        var transaction = read(SampleOrders.paid().replaceFirst(missing, ""));

        assertThat(transaction.outcome(NOW)).isInstanceOf(ChannelOutcome.Unknown.class);
    }

    @Test
    void the_order_number_may_be_called_transaction_id() {
        var transaction = read(SampleOrders.paid().replace("\"id\":", "\"transaction_id\":"));

        assertThat(transaction.outcome(NOW))
                .extracting("channelReference")
                .isEqualTo("4200000000202611240000000001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"success_time\":\"yesterday\","})
    void a_payment_without_a_readable_time_counts_from_now(String time) {
        var transaction =
                read(
                        SampleOrders.paid()
                                .replace("\"success_time\":\"2026-11-24T12:20:05+08:00\",", time));

        assertThat(transaction.outcome(NOW)).extracting("paidAt").isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"120.5", "12000.0", "\"many\"", "99999999999999999999"})
    void an_amount_that_is_no_whole_number_is_not_read(String total) {
        var json = SampleOrders.paid().replace("\"total\":12000", "\"total\":" + total);

        assertThatThrownBy(() -> read(json)).isInstanceOf(JacksonException.class);
    }

    private static WechatTransaction read(String json) {
        return WechatJson.MAPPER.readValue(json, WechatTransaction.class);
    }
}
