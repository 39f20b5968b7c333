package io.ferrypay.sandbox.wechat.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.exception.ServiceException;
import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SettlementApiTest extends WireTest {

    private final LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.ofHours(8));

    @Test
    void a_day_is_owed_and_paid_out_on_the_next() {
        var number = paid();
        institution.post(
                "/v3/global/refunds", Institution.refund(number, "R" + number, 300, notifyUrl()));
        assertThat(
                        ask("SETTLED", today.minusDays(3), today.plusDays(3))
                                .path("total_count")
                                .asInt())
                .isZero();
        var owed = ask("UNSETTLE", today, today.plusDays(3));
        assertThat(owed.path("data").path(0).path("amount").path("unsettle").asLong())
                .isEqualTo(11_460);

        command("/control/clock", "{\"offset_seconds\":86400}");

        assertThat(ask("UNSETTLE", today, today.plusDays(3)).path("total_count").asInt()).isZero();
        var batch = ask("SETTLED", today, today.plusDays(3)).path("data").path(0);
        assertThat(batch.path("settlement_date").asString()).isEqualTo(text(today.plusDays(1)));
        assertThat(batch.path("trade_start_date").asString()).isEqualTo(text(today));
        assertThat(batch.path("batch_id").asString()).isNotBlank();
        var amount = batch.path("amount");
        assertThat(amount.path("pay").asLong()).isEqualTo(12_000);
        assertThat(amount.path("refund").asLong()).isEqualTo(300);
        assertThat(amount.path("net").asLong()).isEqualTo(11_700);
        assertThat(amount.path("fee").asLong()).isEqualTo(240);
        assertThat(amount.path("settled").asLong()).isEqualTo(11_460);
        assertThat(amount.path("currency").asString()).isEqualTo("NZD");
    }

    @ParameterizedTest
    @CsvSource({
        "sub_mchid=1900000109, sub_mchid=1, NO_AUTH",
        "settle_state=SETTLED, settle_state=ALL, PARAM_ERROR",
        "limit=30, limit=31, PARAM_ERROR",
        "settle_start_date=2, settle_start_date=x, PARAM_ERROR"
    })
    void what_cannot_be_asked_is_refused(String part, String instead, String code) {
        var path = path("SETTLED", today, today).replace(part, instead);

        assertThatThrownBy(() -> institution.get(path))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo(code));
    }

    private JsonNode ask(String state, LocalDate from, LocalDate until) {
        return institution.get(path(state, from, until));
    }

    private static String path(String state, LocalDate from, LocalDate until) {
        return "/v3/global/settle/settlements?sp_mchid=%s&sub_mchid=%s&settle_state=%s&settle_start_date=%s&settle_end_date=%s&offset=0&limit=30"
                .formatted(Institution.MCHID, Institution.SHOP, state, text(from), text(until));
    }

    private static String text(LocalDate day) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }
}
