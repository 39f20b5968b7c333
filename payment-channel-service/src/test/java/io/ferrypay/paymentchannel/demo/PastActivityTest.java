package io.ferrypay.paymentchannel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PastActivityTest extends RunningServiceTest {

    private final LocalDate day = LocalDate.now(ZoneId.of("Pacific/Auckland")).minusDays(8);

    @AfterEach
    void forget_its_rates() {
        jdbc.sql("delete from fx_rate").update();
    }

    @Test
    void a_day_is_made_up_once_and_every_payment_of_it_is_told() {
        var made = JSON.readTree(write(merchant, day.toString()).body());

        assertThat(made.path("payments").asInt()).isBetween(20, 100);
        assertThat(JSON.readTree(write(merchant, day.toString()).body()).path("payments").asInt(-1))
                .isZero();
        var figures =
                JSON.readTree(
                                get("/v2/payment_statistics?from=%s&to=%s".formatted(day, day))
                                        .body())
                        .path("data")
                        .path(0)
                        .path("total");
        assertThat(figures.path("made")).isEqualTo(made.path("payments"));
        assertThat(figures.path("paid")).isEqualTo(made.path("paid"));
        // What the books need: each paid payment and each refund is told once, with what was
        // charged.
        assertThat(told("payment.paid")).hasSize(made.path("paid").asInt());
        assertThat(told("refund.succeeded")).hasSize(made.path("refunds").asInt());
        for (var event : told("payment.paid")) {
            assertThat(event.path("charge").path("channel").asString()).isEqualTo("wechat");
            assertThat(event.path("charge").path("amount"))
                    .isEqualTo(event.path("object").path("amount"));
            assertThat(event.path("object").path("paid_at").asString())
                    .isLessThan(java.time.Instant.now().minusSeconds(86_400).toString());
        }
        // None of it is anything that a clock would take up.
        assertThat(
                        count(
                                "select count(*) from payment where merchant_id = ? and status in ('created', 'pending', 'processing')"))
                .isZero();
        assertThat(
                        count(
                                "select count(*) from refund where merchant_id = ? and next_step_at is not null"))
                .isZero();
        assertThat(
                        JSON.readTree(
                                        get("/v2/fx/rate_history?base=NZD&from=%s&to=%s"
                                                        .formatted(day, day))
                                                .body())
                                .path("data"))
                .isNotEmpty();
    }

    @Test
    void the_same_seed_makes_the_same_day() {
        write(merchant, day.toString());
        var first = rows();
        merchant = newMerchant("accept");
        write(merchant, day.toString());

        assertThat(rows()).isEqualTo(first).hasSizeGreaterThan(10);
    }

    @Test
    void only_days_that_are_over_are_made_up() {
        var today = LocalDate.now(ZoneId.of("Pacific/Auckland"));
        for (var wrong : List.of(today.toString(), "2020-01-01", "yesterday")) {
            assertThat(write(merchant, wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(
                        send(request("/internal/demo/past-days/" + day, token()), "POST", "{}")
                                .statusCode())
                .isEqualTo(403);
        assertThat(count("select count(*) from payment where merchant_id = ?")).isZero();
    }

    private HttpResponse<String> write(String of, String date) {
        return send(
                request("/internal/demo/past-days/" + date, TestTokens.service("job-service")),
                "POST",
                "{\"merchant_id\":\"%s\",\"seed\":7,\"payments\":40}".formatted(of));
    }

    private List<JsonNode> told(String type) {
        return jdbc.sql(
                        "select data from outbox where type = ? and data::json ->> 'merchant_id' = ?")
                .params(type, merchant)
                .query((row, _) -> JSON.readTree(row.getString(1)))
                .list();
    }

    private List<String> rows() {
        return jdbc.sql(
                        """
                        select concat_ws(' ', merchant_reference, status, amount_minor, method, flow,
                                         product_name, created_at, refunded_minor)
                          from payment where merchant_id = ? order by merchant_reference
                        """)
                .param(merchant)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private long count(String sql) {
        return jdbc.sql(sql).param(merchant).query(Long.class).single();
    }
}
