package io.ferrypay.sandbox.wechat.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonSyntaxException;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.ValidationException;
import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class ApiFaultTest extends WireTest {

    @Test
    void failing_before_does_nothing() {
        faults("{\"api\":{\"native\":{\"fail_before\":1}}}");
        var order = Institution.order(number(), notifyUrl());

        var error = catchThrowableOfType(ServiceException.class, () -> institution.place(order));

        assertThat(error.getHttpStatusCode()).isEqualTo(500);
        assertThat(error.getErrorCode()).isEqualTo("SYSTEMERROR");
        assertThat(exists(order.get("out_trade_no"))).isFalse();
        assertThat(institution.place(order)).isNotEmpty();
    }

    @Test
    void failing_after_has_done_it() {
        faults("{\"api\":{\"native\":{\"fail_after\":1}}}");
        var order = Institution.order(number(), notifyUrl());

        assertThatThrownBy(() -> institution.place(order)).isInstanceOf(ServiceException.class);

        assertThat(exists(order.get("out_trade_no"))).isTrue();
        assertThat(institution.place(order)).isNotEmpty();
    }

    @Test
    void being_limited_does_nothing() {
        faults("{\"api\":{\"native\":{\"rate_limited\":2}}}");
        var order = Institution.order(number(), notifyUrl());

        for (int i = 0; i < 2; i++) {
            var error =
                    catchThrowableOfType(ServiceException.class, () -> institution.place(order));
            assertThat(error.getHttpStatusCode()).isEqualTo(429);
            assertThat(error.getErrorCode()).isEqualTo("FREQUENCY_LIMITED");
        }
        assertThat(exists(order.get("out_trade_no"))).isFalse();
        assertThat(institution.place(order)).isNotEmpty();
    }

    @Test
    void an_unsigned_answer_is_not_accepted_by_the_sdk() {
        faults("{\"api\":{\"query\":{\"unsigned\":1}}}");
        var number = placed();

        assertThatThrownBy(() -> institution.query(number))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("NOTPAY");
    }

    @Test
    void a_badly_signed_answer_is_not_accepted_by_the_sdk() {
        faults("{\"api\":{\"close\":{\"bad_signature\":1}}}");
        var number = placed();

        assertThatThrownBy(() -> institution.close(number)).isInstanceOf(ValidationException.class);
        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("CLOSED");
    }

    @Test
    void a_proxys_page_comes_after_the_work_was_done() {
        faults("{\"api\":{\"native\":{\"html_502\":1}}}");
        var order = Institution.order(number(), notifyUrl());

        assertThatThrownBy(() -> institution.place(order)).isInstanceOf(JsonSyntaxException.class);
        assertThat(exists(order.get("out_trade_no"))).isTrue();
    }

    @Test
    void a_late_answer_is_late_although_the_work_was_done() {
        var number = placed();
        faults(
                "{\"api\":{\"query\":{\"timeout_after_ms\":700}},\"applies_to\":\""
                        + number
                        + "\"}");
        var start = Instant.now();

        institution.query(number);

        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(700));
    }

    @Test
    void faults_can_be_taken_back() {
        faults("{\"api\":{\"query\":{\"fail_before\":true}}}");
        var number = placed();
        assertThatThrownBy(() -> institution.query(number)).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> institution.query(number)).isInstanceOf(ServiceException.class);

        control.delete().uri("/control/wechat/faults").retrieve().toBodilessEntity();

        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("NOTPAY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"api\":{\"payout\":{}}}",
                "{\"api\":{\"native\":{\"explode\":1}}}",
                "{\"notification\":{\"duplicate\":-1}}",
                "{\"notification\":{\"parallel\":100000}}",
                "{\"notification\":{\"bad_signature\":\"yes\"}}",
                "{\"notifications\":{}}",
                "{",
            })
    void a_fault_nobody_knows_is_refused(String json) {
        int status =
                control.post()
                        .uri("/control/wechat/faults")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(json)
                        .exchange((_, response) -> response.getStatusCode().value());

        assertThat(status).isEqualTo(400);
    }

    private boolean exists(Object number) {
        return control.get()
                .uri("/control/wechat/orders/" + number)
                .exchange((_, response) -> response.getStatusCode().is2xxSuccessful());
    }
}
