package io.ferrypay.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLogPathTest {

    @ParameterizedTest
    @CsvSource({
        "/v2/payments, /v2/payments",
        "/v2/payments/pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB:cancel, /v2/payments/pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB:cancel",
        "/v2/static_codes/sc_01JDC3VZ6Q8S7M2K4T9R5XN1AB/qr.svg, /v2/static_codes/sc_01JDC3VZ6Q8S7M2K4T9R5XN1AB/qr.svg",
        "/v2/payments/by-reference/mere.tane, /v2/payments/by-reference/…",
        "/v2/payments/by-reference/order/a, /v2/payments/by-reference/…",
        "/v2/payments/mere@harbourhoney.example, /v2/payments/…",
        "/v2/payments/0211234567, /v2/payments/…",
        "/v2/payments/pay_x/refunds, /v2/payments/…/refunds",
        "/v2/payments/sk_live_0123456789, /v2/payments/…"
    })
    void a_path_is_told_without_what_a_caller_put_into_it(String path, String told) {
        assertThat(RequestLog.told(path)).isEqualTo(told);
    }
}
