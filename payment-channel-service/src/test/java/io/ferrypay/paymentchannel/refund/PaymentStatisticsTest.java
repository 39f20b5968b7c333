package io.ferrypay.paymentchannel.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.TestTokens;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PaymentStatisticsTest extends RefundingTest {

    /** 26 hours lie between these two: it is never the same day there. */
    private static final String FIRST_TO_SEE_THE_DAY = "Etc/GMT-14";

    private static final String LAST_TO_SEE_THE_DAY = "Etc/GMT+12";

    private JsonNode figures(String from, String to, String zone) {
        var answer = get(path(from, to, zone));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("data");
    }

    private static String path(String from, String to, String zone) {
        return "/v2/payment_statistics?from=%s&to=%s&time_zone=%s"
                .formatted(from, to, zone.replace("+", "%2B"));
    }

    @Test
    void payments_count_on_the_day_they_were_made_where_the_shop_is() {
        var partly = paid();
        awaitStatus(refunding(partly, "20.00"), "succeeded");
        paid();
        created();

        for (var zone : List.of(FIRST_TO_SEE_THE_DAY, LAST_TO_SEE_THE_DAY)) {
            var today = LocalDate.now(ZoneId.of(zone));
            var found = figures(today.minusDays(2).toString(), today.toString(), zone);

            assertThat(found).hasSize(1);
            var nzd = found.path(0);
            assertThat(nzd.path("currency").asString()).isEqualTo("NZD");
            assertThat(nzd.path("days")).hasSize(3);
            assertThat(nzd.path("days").path(1).path("figures").path("made").asInt()).isZero();
            var last = nzd.path("days").path(2);
            assertThat(last.path("date").asString()).isEqualTo(today.toString());
            assertThat(last.path("figures").path("made").asInt()).isEqualTo(3);
            assertThat(last.path("figures").path("paid").asInt()).isEqualTo(2);
            assertThat(last.path("figures").path("paid_amount").asString()).isEqualTo("240.00");
            assertThat(last.path("figures").path("refunded_amount").asString()).isEqualTo("20.00");
            assertThat(nzd.path("total")).isEqualTo(last.path("figures"));
            assertThat(nzd.path("methods")).hasSize(1);
            assertThat(nzd.path("methods").path(0).path("method").asString()).isEqualTo("wechat");
            assertThat(nzd.path("methods").path(0).path("figures").path("paid").asInt())
                    .isEqualTo(2);
            assertThat(figures(today.minusDays(9).toString(), today.minusDays(1).toString(), zone))
                    .isEmpty();
        }
    }

    @Test
    void nobody_sees_the_figures_of_another_merchant_or_mode() {
        paid();
        var today = LocalDate.now(ZoneId.of("UTC")).toString();
        var path = path(today, today, "UTC");
        assertThat(JSON.readTree(get(path).body()).path("data")).hasSize(1);

        var live = TestTokens.merchant(merchant, "live", List.of("payments:read"));
        var blind = TestTokens.merchant(merchant, "test", List.of("refunds:read"));
        assertThat(JSON.readTree(send(request(path, live), "GET", "").body()).path("data"))
                .isEmpty();
        assertThat(send(request(path, blind), "GET", "").statusCode()).isEqualTo(403);
        merchant = newMerchant("accept");
        assertThat(JSON.readTree(get(path).body()).path("data")).isEmpty();
    }

    @Test
    void days_that_are_none_or_too_many_and_places_nobody_knows_are_refused() {
        for (var path :
                List.of(
                        path("2026-11-02", "2026-11-01", "UTC"),
                        path("2026-01-01", "2026-04-03", "UTC"),
                        path("2026-02-30", "2026-03-01", "UTC"),
                        path("-9999-01-01", "2026-03-01", "UTC"),
                        path("2026-11-01", "2026-11-01", "Mars/Olympus"),
                        path("2026-11-01", "2026-11-01", "+13:00"),
                        "/v2/payment_statistics")) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(codeOf(answer)).isEqualTo("invalid_request");
        }
        assertThat(get(path("2026-01-01", "2026-04-02", "UTC")).statusCode()).isEqualTo(200);
    }

    @Test
    void the_database_knows_every_place_that_is_accepted() {
        var unknown =
                jdbc.sql(
                                "select name from unnest(?) name where not exists (select from pg_timezone_names known where known.name = name)")
                        .param(
                                ZoneId.getAvailableZoneIds().stream()
                                        .filter(zone -> !zone.startsWith("SystemV/"))
                                        .toArray(String[]::new))
                        .query(String.class)
                        .list();

        assertThat(unknown).isEmpty();
    }
}
