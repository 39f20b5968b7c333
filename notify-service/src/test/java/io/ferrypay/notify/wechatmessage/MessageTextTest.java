package io.ferrypay.notify.wechatmessage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTextTest {

    @ParameterizedTest
    @CsvSource({
        "thing1, 12345678901234567890, 12345678901234567890",
        "thing1, 123456789012345678901, 1234567890123456789…",
        "thing1, 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀, 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀…",
        "thing1, ' ', -",
        "character_string2, 订单-1, ??-1",
        "character_string2, 0123456789012345678901234567890123, 012345678901234567890123456789..",
        "phrase3, 已支付已支付, 已支付已支",
        "amount4, NZD 120.00, NZD 120.00"
    })
    void a_value_fits_the_kind_of_its_keyword(String keyword, String value, String fitting) {
        assertThat(MessageText.fitting(keyword, value)).isEqualTo(fitting);
    }
}
