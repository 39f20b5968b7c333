package io.ferrypay.paymentchannel.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OrderRequestTest {

    @Test
    void ordinary_text_in_any_language_stays_as_it_is() {
        assertThat(OrderRequest.description("新西兰麦卢卡蜂蜜 Mānuka 500 g", "N1"))
                .isEqualTo("新西兰麦卢卡蜂蜜 Mānuka 500 g");
    }

    @Test
    void a_long_text_is_cut_at_127_bytes_between_characters() {
        var chinese = OrderRequest.description("蜜".repeat(60), "N1");
        var mixed = OrderRequest.description("a" + "é".repeat(90), "N1");

        assertThat(chinese).isEqualTo("蜜".repeat(42));
        assertThat(mixed).isEqualTo("a" + "é".repeat(63));
        assertThat(mixed.getBytes(StandardCharsets.UTF_8)).hasSize(127);
    }

    @Test
    void what_wechat_refuses_is_left_out() {
        assertThat(OrderRequest.description("Honey 🍯👩‍🚀☀️\n500\0 g", "N1"))
                .isEqualTo("Honey ☀500 g");
        assertThat(OrderRequest.description("half \ud83c pair", "N1")).isEqualTo("half  pair");
    }

    @Test
    void a_text_of_emoji_alone_becomes_the_order_number() {
        assertThat(OrderRequest.description("🍯🍯", "01JD")).isEqualTo("01JD");
    }
}
