package io.ferrypay.paymentchannel.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.events.Event;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.channel.ProvidesRates.ChannelRate;
import io.ferrypay.paymentchannel.channel.ProvidesRates.RatesAnswer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class FxTest extends RunningServiceTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    @Autowired private KnownRates known;
    @Autowired private PricingFeed pricing;

    @AfterEach
    void forget_what_was_learned() {
        jdbc.sql("delete from fx_rate").update();
        known.refresh();
        channel.publishes(new RatesAnswer.NotYet());
    }

    @Test
    void the_channels_own_rate_is_pulled_kept_and_shown() {
        channel.publishes(rate("4.7100", Instant.now().minusSeconds(60)));

        var pulled = job("pull-fx-rates", "");

        assertThat(pulled.body()).isEqualTo("{\"examined\":2,\"changed\":2,\"unknown\":0}");
        assertThat(job("pull-fx-rates", "").body()).contains("\"changed\":0");
        var payment = created();
        assertThat(payment.path("fx").path("source").asString()).isEqualTo("fake-test");
        assertThat(payment.path("payer_amount").asString()).isEqualTo("565.20");
        var rates = JSON.readTree(get("/v2/fx/rates?base=NZD").body()).path("data");
        assertThat(rates.path(0).path("method").asString()).isEqualTo("wechat");
        assertThat(rates.path(0).path("rate").asString()).isEqualTo("4.71");
        assertThat(rates.path(0).path("includes_margin").asBoolean(true)).isFalse();
    }

    @Test
    void a_stale_rate_is_shown_to_nobody() {
        channel.publishes(rate("4.7100", Instant.now().minusSeconds(200 * 3600)));

        job("pull-fx-rates", "");

        assertThat(created().path("fx").path("source").asString()).isEqualTo("configured");
    }

    @Test
    void a_rate_too_far_from_the_last_one_is_not_believed() {
        channel.publishes(rate("4.7100", Instant.now().minusSeconds(3600)));
        job("pull-fx-rates", "");
        channel.publishes(rate("47.1000", Instant.now()));

        assertThat(job("pull-fx-rates", "").body()).contains("\"changed\":0");
        assertThat(created().path("fx").path("rate").asString()).isEqualTo("4.71");
    }

    @Test
    void a_channel_that_does_not_answer_leaves_everything_as_it_is() {
        channel.publishes(new RatesAnswer.Unknown("timed out"));

        assertThat(job("pull-fx-rates", "").body())
                .isEqualTo("{\"examined\":2,\"changed\":0,\"unknown\":2}");
    }

    @Test
    void our_own_people_can_say_what_is_charged_by() {
        var answer =
                send(
                        request("/internal/fx/rates/NZD", TestTokens.service("job-service")),
                        "PUT",
                        "{\"yuan_per_unit\":\"4.8000\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var quote = quote("120.00");
        // 120 × 4.80 × 1.012 = 582.912
        assertThat(quote.path("sell_amount").asString()).isEqualTo("582.92");
    }

    @Test
    void a_slip_of_a_finger_is_not_charged_by() {
        for (var slip : List.of("47.1000", "0.4710", "6.5000")) {
            var answer =
                    send(
                            request("/internal/fx/rates/NZD", TestTokens.service("job-service")),
                            "PUT",
                            "{\"yuan_per_unit\":\"" + slip + "\"}");
            assertThat(codeOf(answer)).isEqualTo("fx_rate_too_far");
        }

        var meant =
                send(
                        request("/internal/fx/rates/NZD", TestTokens.service("job-service")),
                        "PUT",
                        "{\"yuan_per_unit\":\"6.0000\",\"even_if_far\":true}");

        assertThat(meant.statusCode()).as(meant.body()).isEqualTo(200);
        // 120 × 6.00 × 1.012 = 728.64
        assertThat(quote("120.00").path("sell_amount").asString()).isEqualTo("728.64");
    }

    @Test
    void a_rate_has_a_history_by_the_days_of_a_place() {
        told("fake-test", "4.7100", "2026-09-24T02:00:00Z");
        told("fake-test", "4.7200", "2026-09-25T20:00:00Z");
        told("operator", "4.9000", "2026-09-25T20:00:00Z");
        told("operator", "4.8000", "2026-10-04T00:30:00Z");

        // On 27 September 2026 New Zealand's clocks go forward: a day of 23 hours.
        var days = history("from=2026-09-25&to=2026-09-27&method=wechat").path("data");

        assertThat(days).hasSize(1);
        assertThat(days.path(0).path("method").asString()).isEqualTo("wechat");
        assertThat(days.path(0).path("includes_margin").asBoolean(true)).isFalse();
        assertThat(points(days.path(0)))
                .containsExactly(
                        "2026-09-24T12:00:00Z 4.71",
                        "2026-09-25T12:00:00Z 4.72",
                        "2026-09-26T12:00:00Z 4.72");
        // The channel is silent for longer than a rate is fresh: the next source speaks, or none.
        var later = history("from=2026-10-01&to=2026-10-04&time_zone=UTC").path("data").path(0);
        assertThat(points(later)).containsExactly("2026-10-04T00:00:00Z 4.8");
        var hours = history("from=2026-09-27&to=2026-09-27&interval=hour").path("data").path(0);
        assertThat(points(hours)).hasSize(23).contains("2026-09-26T12:00:00Z 4.72");
    }

    @Test
    void a_history_ends_now_and_is_with_the_margin_where_we_convert() {
        var now = Instant.now();
        told("operator", "4.8000", now.minusSeconds(60).toString());
        var today = now.atOffset(java.time.ZoneOffset.UTC).toLocalDate();

        channel.takesYuanOnly();

        var converted =
                history(
                                "from=%s&to=%s&time_zone=UTC&interval=hour"
                                        .formatted(today, today.plusDays(1)))
                        .path("data")
                        .path(0);

        assertThat(converted.path("includes_margin").asBoolean()).isTrue();
        // 4.8 × 1.012
        assertThat(points(converted)).last().asString().endsWith(" 4.8576");
        assertThat(points(converted).size()).isBetween(1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "base=NZD",
                "base=CNY&from=2026-11-01&to=2026-11-02",
                "base=NZD&from=2026-11-02&to=2026-11-01",
                "base=NZD&from=2026-01-01&to=2026-04-03",
                "base=NZD&from=2026-11-01&to=2026-11-08&interval=hour",
                "base=NZD&from=2026-11-01&to=2026-11-02&interval=minute",
                "base=NZD&from=2026-11-01&to=2026-11-02&method=cash",
                "base=NZD&from=2026-11-01&to=2026-11-02&time_zone=Mars",
                "base=NZD&from=2026-11-31&to=2026-12-02",
                "base=NZD&from=-999999999-01-01&to=2026-12-02"
            })
    void a_history_without_bounds_is_refused(String query) {
        var answer = get("/v2/fx/rate_history?" + query);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(codeOf(answer)).isEqualTo("invalid_request");
    }

    private void told(String source, String rate, String asOf) {
        jdbc.sql("insert into fx_rate values (?, 'NZD', ?::numeric, ?::timestamptz, now())")
                .params(source, rate, asOf)
                .update();
    }

    private JsonNode history(String query) {
        var answer = get("/v2/fx/rate_history?base=NZD&" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> points(JsonNode method) {
        return method.path("points")
                .valueStream()
                .map(point ->
                        point.path("starts_at").asString() + " " + point.path("rate").asString())
                .toList();
    }

    @Test
    void the_next_quote_has_the_margin_that_was_told_last() {
        var tier = "t" + merchant.substring(20);
        pricing.apply(List.of(tier(merchant, 1, tier), margin(tier, 1, LONG_AGO, "0.020")));
        // 120 × 4.6450 × 1.02 = 568.548
        assertThat(quote("120.00").path("sell_amount").asString()).isEqualTo("568.55");

        var later = Instant.now().plusSeconds(3600);
        pricing.apply(
                List.of(
                        margin(tier, 3, later, "0.500"),
                        margin(tier, 2, LONG_AGO, "0.010"),
                        margin(tier, 1, LONG_AGO, "0.999"),
                        tier(merchant, 1, "another")));

        // 120 × 4.6450 × 1.01 = 562.974
        assertThat(quote("120.00").path("sell_amount").asString()).isEqualTo("562.98");
        pricing.apply(List.of(tier(merchant, 2, "")));
        assertThat(quote("120.00").path("sell_amount").asString()).isEqualTo("564.09");
    }

    @Test
    void the_margin_is_that_of_the_method_and_the_band() {
        var tier = "t" + merchant.substring(20);
        pricing.apply(
                List.of(
                        tier(merchant, 1, tier),
                        told(
                                "pricing.margin_changed",
                                "margin/" + tier + "/NZD",
                                1,
                                """
                                {"tier":"%s","currency":"NZD","version":1,
                                 "effective_from":"2026-01-01T00:00:00Z","rules":[
                                 {"method":"","from_minor":0,"margin":"0.030"},
                                 {"method":"","from_minor":10000,"margin":"0.010"},
                                 {"method":"onlinebank","from_minor":0,"margin":"0.005"},
                                 {"method":"wechat","from_minor":0,"margin":"0.900"}]}
                                """
                                        .formatted(tier))));

        // A quote is for either way that we exchange for, so the greater margin counts.
        assertThat(quote("99.99").path("sell_amount").asString()).isEqualTo("478.39");
        assertThat(quote("100.00").path("sell_amount").asString()).isEqualTo("469.15");
    }

    @Test
    void a_margin_that_cannot_be_is_not_taken_in() {
        assertThatThrownBy(() -> pricing.apply(List.of(margin("x", 1, LONG_AGO, "1.5"))))
                .hasMessageContaining("Not a margin");
    }

    private static Event tier(String merchantId, long version, String tier) {
        return told(
                "pricing.tier_assigned",
                merchantId,
                version,
                "{\"merchant_id\":\"" + merchantId + "\",\"tier\":\"" + tier + "\"}");
    }

    private static Event margin(String tier, long version, Instant from, String margin) {
        return told(
                "pricing.margin_changed",
                "margin/" + tier + "/NZD",
                version,
                """
                {"tier":"%s","currency":"NZD","version":%d,"effective_from":"%s",
                 "rules":[{"method":"","from_minor":0,"margin":"%s"}]}
                """
                        .formatted(tier, version, from, margin));
    }

    private static Event told(String type, String subject, long version, String data) {
        return Event.of(type, subject, version, Instant.now(), JSON.readTree(data));
    }

    @Test
    void a_quote_is_used_by_one_payment_and_shown_with_its_end() {
        var quote = quote("120.00");
        var body = withQuote(quote.path("id").asString(), "120.00");

        var first = create("key-1" + merchant, body);
        var again = create("key-1" + merchant, body);
        var second = create(anyKey(), withQuote(quote.path("id").asString(), "120.00"));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.body())
                .as("a repeated request is not a second use")
                .isEqualTo(first.body());
        assertThat(codeOf(second)).isEqualTo("fx_quote_not_usable");
        var payment = JSON.readTree(first.body());
        assertThat(payment.path("fx").path("kind").asString()).isEqualTo("quoted");
        assertThat(payment.path("fx").path("locked_until")).isEqualTo(quote.path("expires_at"));
        assertThat(payment.path("payer_amount")).isEqualTo(quote.path("sell_amount"));
        assertThat(
                        JSON.readTree(get("/v2/fx/quotes/" + quote.path("id").asString()).body())
                                .path("payment"))
                .isEqualTo(payment.path("id"));
    }

    @Test
    void of_fifty_payments_that_want_one_quote_one_gets_it() throws Exception {
        var quote = quote("120.00").path("id").asString();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, 50)
                            .mapToObj(_ ->
                                    threads.submit(() ->
                                            create(anyKey(), withQuote(quote, "120.00"))
                                                    .statusCode()))
                            .toList();
            var created = 0;
            for (var answer : answers) {
                created += answer.get() == 201 ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
        }
        assertThat(
                        jdbc.sql("select count(*) from payment where merchant_id = ?")
                                .param(merchant)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void a_quote_for_another_amount_or_over_or_anothers_is_refused() {
        var quote = quote("120.00").path("id").asString();
        assertThat(codeOf(create(anyKey(), withQuote(quote, "120.01"))))
                .isEqualTo("fx_quote_not_usable");
        jdbc.sql("update fx_quote set expires_at = now() where id = ?").param(quote).update();
        assertThat(codeOf(create(anyKey(), withQuote(quote, "120.00"))))
                .isEqualTo("fx_quote_not_usable");
        var theirs = quote("120.00").path("id").asString();
        merchant = newMerchant("accept");
        assertThat(codeOf(create(anyKey(), withQuote(theirs, "120.00"))))
                .isEqualTo("fx_quote_not_usable");
        assertThat(get("/v2/fx/quotes/" + theirs).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"buy_currency\":\"NZD\"}",
                "{\"buy_currency\":\"NZD\",\"buy_amount\":\"0\"}",
                "{\"buy_currency\":\"NZD\",\"buy_amount\":\"1.234\"}",
                "{\"buy_currency\":\"CNY\",\"buy_amount\":\"1.00\"}",
                "{\"buy_currency\":\"XXX\",\"buy_amount\":\"1.00\"}",
                "{\"buy_currency\":\"NZD\",\"buy_amount\":\"1.00\",\"ttl_seconds\":1}",
                "{\"buy_currency\":\"NZD\",\"buy_amount\":\"1.00\",\"sell_currency\":\"USD\"}",
                "{\"surprise\":1}"
            })
    void a_bad_question_is_refused_and_stores_nothing(String body) {
        var answer = post("/v2/fx/quotes", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(
                        jdbc.sql("select count(*) from fx_quote where merchant_id = ?")
                                .param(merchant)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    private JsonNode quote(String amount) {
        var answer =
                post(
                        "/v2/fx/quotes",
                        "{\"sell_currency\":\"CNY\",\"buy_currency\":\"NZD\",\"buy_amount\":\""
                                + amount
                                + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private static String withQuote(String quote, String amount) {
        return """
        {"merchant_reference":"%s","amount":"%s","currency":"NZD","product_name":"Pinot Noir",\
        "return_url":"https://shop.example/done","fx_quote":"%s"}\
        """
                .formatted(anyReference(), amount, quote);
    }

    private static RatesAnswer rate(String yuan, Instant asOf) {
        return new RatesAnswer.Known(
                List.of(
                        new ChannelRate(
                                "NZD",
                                new BigDecimal(yuan),
                                asOf.truncatedTo(java.time.temporal.ChronoUnit.MILLIS))));
    }
}
