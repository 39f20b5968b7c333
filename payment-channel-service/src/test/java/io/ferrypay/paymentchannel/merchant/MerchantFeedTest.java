package io.ferrypay.paymentchannel.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.events.Event;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MerchantFeedTest {

    private static final String ID = "mer_01JDC3VZ6Q8S7M2K4T9R5XN1AB";

    private final List<Merchant> kept = new ArrayList<>();
    private final MerchantFeed feed =
            new MerchantFeed(
                    new Merchants(null) {
                        @Override
                        void keep(Merchant merchant) {
                            kept.add(merchant);
                        }
                    },
                    List.of());

    @Test
    void a_draft_takes_payments_in_test_mode_only() {
        assertThat(told("draft").active()).isTrue();
        assertThat(told("draft").test()).containsKey(PaymentMethod.WECHAT);
        assertThat(told("draft").live()).isEmpty();
    }

    @Test
    void an_active_merchant_takes_payments_in_both_modes_and_a_suspended_one_in_none() {
        assertThat(told("active").live()).containsKey(PaymentMethod.WECHAT);
        assertThat(told("suspended").active()).isFalse();
    }

    private Merchant told(String status) {
        var data =
                """
                {"merchant_id":"%s","name":"x","display_name":"x","country":"NZ","currency":"NZD",
                "status":"%s","allowed_methods":["wechat"],"late_payment_policy":"accept",
                "registrations":{"live":{"wechat":{"sub_merchant_id":"1","category_code":"5499"}},
                "test":{"wechat":{"sub_merchant_id":"1","category_code":"5499"}}}}
                """
                        .formatted(ID, status);
        feed.apply(
                List.of(
                        Event.of(
                                "merchant.created",
                                ID,
                                1,
                                Instant.EPOCH,
                                JsonMapper.builder().build().readTree(data))));
        return kept.getLast();
    }
}
