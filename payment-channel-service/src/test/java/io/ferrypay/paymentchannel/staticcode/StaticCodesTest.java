package io.ferrypay.paymentchannel.staticcode;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.paymentchannel.RunningServiceTest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class StaticCodesTest extends RunningServiceTest {

    @Autowired private EventHandler merchantFeed;
    @Autowired private EventHandler pricingFeed;

    /** A code as merchant-service tells it, of a merchant of this very test. */
    private final class Poster {

        private final Map<String, Object> told = new HashMap<>();
        private final String id = "sc_" + ulid();
        private long version;

        private Poster(Map<String, Object> more) {
            told.put("static_code_id", id);
            told.put("merchant_id", merchant);
            told.put("livemode", false);
            told.put("store_id", "store_" + ulid());
            told.put("store_name", "Viaduct");
            told.put("time_zone", "Pacific/Auckland");
            told.put("label", "Counter 1");
            told.put("serial", "S-4F7K2-01");
            told.put("link", newLink());
            told.put("currency", "NZD");
            told.put("status", "active");
            for (var amount : List.of("amount", "min_amount", "max_amount", "daily_limit")) {
                told.put(amount, null);
            }
            tell("static_code.created", more);
        }

        private void tell(String type, Map<String, Object> changes) {
            told.putAll(changes);
            version++;
            tellAs(type, version);
        }

        private void tellAs(String type, long as) {
            merchantFeed.apply(
                    List.of(Event.of(type, id, as, Instant.now(), JSON.valueToTree(told))));
        }

        private String link() {
            return String.valueOf(told.get("link"));
        }

        private JsonNode view() {
            return look(link());
        }

        private HttpResponse<String> pay(String token, String amount) {
            return payBy(link(), token, amount);
        }

        private HttpResponse<String> pay(String amount) {
            return pay(newToken(), amount);
        }

        private long payments() {
            return jdbc.sql("select count(*) from payment where static_code_id = ?")
                    .param(id)
                    .query(Long.class)
                    .single();
        }
    }

    @Test
    void the_page_shows_whose_code_it_is_and_what_the_wallet_charges_by() {
        var poster = new Poster(Map.of("min_amount", "0.10", "max_amount", "2000.00"));

        var view = poster.view();

        assertThat(view.path("status").asString()).isEqualTo("active");
        assertThat(view.path("livemode").asBoolean()).isFalse();
        assertThat(view.path("merchant").asString()).isEqualTo("Harbour Honey Co");
        assertThat(view.path("store").asString()).isEqualTo("Viaduct");
        assertThat(view.path("serial").asString()).isEqualTo("S-4F7K2-01");
        assertThat(view.path("currency").asString()).isEqualTo("NZD");
        assertThat(view.path("decimals").asInt()).isEqualTo(2);
        assertThat(view.path("amount").isNull()).isTrue();
        assertThat(view.path("min_amount").asString()).isEqualTo("0.10");
        assertThat(view.path("max_amount").asString()).isEqualTo("2000.00");
        var method = view.path("methods").path(0);
        assertThat(method.path("type").asString()).isEqualTo("wechat");
        assertThat(method.path("available").asBoolean()).isTrue();
        assertThat(method.path("rate").path("yuan_per_unit").asString()).isEqualTo("4.645");
        assertThat(view.toString()).doesNotContain(merchant).doesNotContain(poster.id);
    }

    @Test
    void a_code_with_an_amount_shows_the_rate_with_the_margin_of_that_amount() {
        channel.takesYuanOnly();
        var tier = "t" + merchant.substring(20);
        pricingFeed.apply(
                List.of(
                        Event.of(
                                "pricing.tier_assigned",
                                merchant,
                                1,
                                Instant.now(),
                                JSON.readTree(
                                        "{\"merchant_id\":\"%s\",\"tier\":\"%s\"}"
                                                .formatted(merchant, tier))),
                        Event.of(
                                "pricing.margin_changed",
                                "margin/" + tier + "/NZD",
                                1,
                                Instant.now(),
                                JSON.readTree(
                                        """
                                        {"tier":"%s","currency":"NZD","version":1,
                                         "effective_from":"2026-01-01T00:00:00Z","rules":[
                                         {"method":"","from_minor":0,"margin":"0.020"},
                                         {"method":"","from_minor":10000,"margin":"0.010"}]}
                                        """
                                                .formatted(tier)))));

        // 4.6450 × 1.01, and × 1.02
        assertThat(rate(new Poster(Map.of("amount", "120.00")))).isEqualTo("4.69145");
        assertThat(rate(new Poster(Map.of("amount", "99.99")))).isEqualTo("4.7379");
        assertThat(rate(new Poster(Map.of()))).isEqualTo("4.7379");
    }

    private static String rate(Poster poster) {
        var rate = poster.view().path("methods").path(0).path("rate");
        assertThat(rate.path("exact").asBoolean()).isTrue();
        return rate.path("yuan_per_unit").asString();
    }

    @Test
    void inside_alipay_a_shop_without_alipay_has_no_way_to_be_paid() {
        var poster = new Poster(Map.of());

        var inside =
                JSON.readTree(
                        send(
                                        request("/static-codes/" + poster.link(), null)
                                                .header("User-Agent", "AlipayClient/10.5"),
                                        "GET",
                                        "")
                                .body());

        assertThat(inside.path("methods").path(0).path("available").asBoolean()).isFalse();
        assertThat(inside.path("methods").path(0).path("flows")).isEmpty();
    }

    @Test
    void a_shopper_pays_what_they_typed_and_the_shop_hears_by_which_code() {
        var poster = new Poster(Map.of());

        var payment = paymentBehind(poster.pay("35.50"));

        assertThat(payment.path("amount").asString()).isEqualTo("35.50");
        assertThat(payment.path("static_code").asString()).isEqualTo(poster.id);
        assertThat(payment.path("merchant_reference").asString())
                .matches("S-4F7K2-01-[0-9a-f]{16}");
        assertThat(payment.path("product_name").asString()).isEqualTo("Viaduct · Counter 1");
        notified(offered(payment), success(channel.lastOrder(), "42000001"));
        assertThat(statusOf(payment)).isEqualTo("paid");
        var paid =
                JSON.readTree(
                        jdbc.sql(
                                        "select data from outbox where subject = ? and type = 'payment.paid'")
                                .param(payment.path("id").asString())
                                .query(String.class)
                                .single());
        assertThat(paid.path("object").path("static_code").asString()).isEqualTo(poster.id);
        var page =
                JSON.readTree(
                        page("GET", "/checkout/" + payment.path("nonce").asString(), "").body());
        assertThat(page.path("status").asString()).isEqualTo("paid");
        assertThat(page.path("return_url").isNull()).as("it stays on the counter").isTrue();
        assertThat(page.path("at_counter").asBoolean()).isTrue();
        assertThat(page.path("cancel_url").asString()).endsWith("/s/" + poster.link());
    }

    @Test
    void a_shop_lists_what_came_by_one_code_and_no_other_shop_does() {
        var poster = new Poster(Map.of());
        var other = new Poster(Map.of());
        var first = paymentBehind(poster.pay("35.50")).path("id").asString();
        paymentBehind(other.pay("1.00"));
        created();
        var second = paymentBehind(poster.pay("2.00")).path("id").asString();

        var list = "/v2/payments?static_code=" + poster.id;
        var page = JSON.readTree(get(list + "&limit=1").body());
        assertThat(page.path("data").valueStream().map(one -> one.path("id").asString()))
                .containsExactly(second);
        var rest =
                JSON.readTree(
                        get(list + "&limit=1&cursor=" + page.path("next_cursor").asString())
                                .body());
        assertThat(rest.path("data").valueStream().map(one -> one.path("id").asString()))
                .containsExactly(first);
        assertThat(rest.path("has_more").asBoolean()).isFalse();
        assertThat(JSON.readTree(get(list + "&status=paid").body()).path("data")).isEmpty();
        assertThat(codeOf(get("/v2/payments?static_code=sc_x"))).isEqualTo("invalid_request");
    }

    @Test
    void a_shop_s_own_payment_has_no_code() {
        assertThat(created().path("static_code").isNull()).isTrue();
    }

    @Test
    void a_fixed_amount_is_what_the_server_says() {
        var poster = new Poster(Map.of("amount", "4.50"));

        assertThat(poster.view().path("amount").asString()).isEqualTo("4.50");
        assertThat(paymentBehind(poster.pay(null)).path("amount").asString()).isEqualTo("4.50");
        assertThat(paymentBehind(poster.pay("4.50")).path("amount").asString()).isEqualTo("4.50");
        assertThat(codeOf(poster.pay("0.01"))).isEqualTo("amount_is_fixed");
        assertThat(poster.payments()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "0.99, amount_too_small",
        "20.01, amount_too_large",
        "0.00, invalid_request",
        "-5.00, invalid_request",
        "1.005, invalid_request",
        "1e3, invalid_request",
        "５.00, invalid_request",
        "1000000000.00, invalid_request"
    })
    void an_amount_that_the_code_does_not_take_makes_nothing(String amount, String code) {
        var poster = new Poster(Map.of("min_amount", "1.00", "max_amount", "20.00"));

        assertThat(codeOf(poster.pay(amount))).isEqualTo(code);

        assertThat(poster.payments()).isZero();
        assertThat(poster.pay("1.00").statusCode()).isEqualTo(201);
        assertThat(poster.pay("20.00").statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"amount\":\"5.00\"}",
                "{\"token\":\"short\",\"amount\":\"5.00\"}",
                "{\"token\":\"0123456789abcdef0123456789abcdef\"}",
                "{\"token\":\"0123456789abcdef0123456789abcdef\",\"amount\":5}",
                "{\"token\":\"0123456789abcdef0123456789abcdef\",\"amount\":\"5.00\",\"locale\":\"fr\"}",
                "{\"token\":\"0123456789abcdef0123456789abcdef\",\"amount\":\"5.00\",\"currency\":\"JPY\"}"
            })
    void bad_input_makes_nothing(String body) {
        var poster = new Poster(Map.of());

        var answer = page("POST", "/static-codes/" + poster.link() + "/payments", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(codeOf(answer)).isNotBlank();
        assertThat(poster.payments()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"222222222222", "x", "AAAAAAAAAAAA", "..%2f..", "%F0%9F%98%80"})
    void a_made_up_code_leads_nowhere(String link) {
        assertThat(page("GET", "/static-codes/" + link, "").statusCode()).isIn(404, 400);
        assertThat(payBy(link, newToken(), "5.00").statusCode()).isIn(404, 400);
    }

    @Test
    void twenty_taps_of_one_finger_are_one_payment() throws Exception {
        var poster = new Poster(Map.of());
        var token = newToken();

        var answers = atOnce(20, () -> poster.pay(token, "35.50"));

        assertThat(poster.payments()).isEqualTo(1);
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(
                                        answer.statusCode() == 201
                                                || codeOf(answer).equals("idempotency_in_progress"))
                                .as(answer.body())
                                .isTrue());
        var again = poster.pay(token, "35.50");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(
                        answers.stream()
                                .filter(a -> a.statusCode() == 201)
                                .map(HttpResponse::body)
                                .distinct())
                .containsExactly(again.body());
        assertThat(codeOf(poster.pay(token, "35.51"))).isEqualTo("idempotency_mismatch");
        assertThat(poster.payments()).isEqualTo(1);
    }

    @Test
    void a_tap_repeated_days_later_is_no_second_payment() {
        var poster = new Poster(Map.of());
        var token = newToken();
        poster.pay(token, "35.50");
        jdbc.sql("delete from idempotency_key where merchant_id = ?").param(merchant).update();

        assertThat(codeOf(poster.pay(token, "35.50"))).isEqualTo("idempotency_mismatch");

        assertThat(poster.payments()).isEqualTo(1);
    }

    @Test
    void the_limit_of_the_day_holds_however_many_pay_at_once() throws Exception {
        var poster = new Poster(Map.of("daily_limit", "100.00"));

        var answers = atOnce(30, () -> poster.pay("15.00"));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201)).hasSize(6);
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 201))
                .allSatisfy(answer -> assertThat(codeOf(answer)).isEqualTo("daily_limit_reached"));
        assertThat(poster.payments()).isEqualTo(6);
        assertThat(poster.pay("10.00").statusCode()).as("what is left").isEqualTo(201);
        assertThat(poster.view().path("status").asString()).isEqualTo("limit_reached");
        assertThat(poster.view().path("methods")).isEmpty();
    }

    @Test
    void the_tap_that_used_up_the_limit_still_finds_its_payment() {
        var poster = new Poster(Map.of("daily_limit", "15.00"));
        var token = newToken();
        var first = poster.pay(token, "15.00");

        assertThat(poster.pay(token, "15.00").body()).isEqualTo(first.body());
        assertThat(codeOf(poster.pay("15.00"))).isEqualTo("daily_limit_reached");
        poster.tell("static_code.disabled", Map.of("status", "disabled"));
        assertThat(poster.pay(token, "15.00").body()).isEqualTo(first.body());
    }

    @Test
    void what_was_never_paid_and_what_came_yesterday_count_no_more() {
        var poster = new Poster(Map.of("daily_limit", "15.00"));
        var first = paymentBehind(poster.pay("15.00"));
        assertThat(codeOf(poster.pay("0.01"))).isEqualTo("daily_limit_reached");

        makeOverdue(first);
        job("expire-unpaid-payments", "{\"limit\":100}");
        assertThat(statusOf(first)).isEqualTo("expired");
        var second = paymentBehind(poster.pay("15.00"));
        notified(offered(second), success(channel.lastOrder(), "42000001"));
        assertThat(codeOf(poster.pay("0.01"))).isEqualTo("daily_limit_reached");

        var zone = ZoneId.of("Pacific/Auckland");
        var midnight = LocalDate.now(zone).atStartOfDay(zone).toInstant();
        createdAt(second, midnight);
        assertThat(codeOf(poster.pay("0.01"))).isEqualTo("daily_limit_reached");
        createdAt(second, midnight.minusMillis(1));
        assertThat(poster.pay("15.00").statusCode()).isEqualTo(201);
    }

    @Test
    void an_old_poster_says_that_it_was_replaced() {
        var poster = new Poster(Map.of());
        var old = poster.link();

        poster.tell("static_code.rotated", Map.of("link", newLink(), "serial", "S-4F7K2-02"));

        assertThat(look(old).path("status").asString()).isEqualTo("replaced");
        assertThat(look(old).path("methods")).isEmpty();
        assertThat(codeOf(payBy(old, newToken(), "5.00"))).isEqualTo("code_replaced");
        assertThat(poster.payments()).isZero();
        assertThat(poster.view().path("status").asString()).isEqualTo("active");
        assertThat(poster.pay("5.00").statusCode()).isEqualTo(201);
    }

    @Test
    void a_disabled_code_and_a_suspended_shop_take_nothing() {
        var poster = new Poster(Map.of());
        poster.tell("static_code.disabled", Map.of("status", "disabled"));

        assertThat(poster.view().path("status").asString()).isEqualTo("disabled");
        assertThat(codeOf(poster.pay("5.00"))).isEqualTo("code_disabled");

        merchant = newMerchant("accept");
        var other = new Poster(Map.of());
        jdbc.sql("update merchant_copy set status = 'suspended' where merchant_id = ?")
                .param(merchant)
                .update();
        assertThat(other.view().path("status").asString()).isEqualTo("disabled");
        assertThat(codeOf(other.pay("5.00"))).isEqualTo("code_disabled");
        assertThat(poster.payments() + other.payments()).isZero();
    }

    @Test
    void old_news_changes_nothing() {
        var poster = new Poster(Map.of());
        var first = poster.link();
        poster.tell("static_code.rotated", Map.of("link", newLink()));
        var second = poster.link();

        poster.told.put("link", first);
        poster.tellAs("static_code.created", 1);

        assertThat(look(first).path("status").asString()).isEqualTo("replaced");
        assertThat(look(second).path("status").asString()).isEqualTo("active");
    }

    private void createdAt(JsonNode payment, Instant time) {
        jdbc.sql("update payment set created_at = ? where id = ?")
                .param(java.sql.Timestamp.from(time))
                .param(payment.path("id").asString())
                .update();
    }

    private JsonNode look(String link) {
        var answer = page("GET", "/static-codes/" + link, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> payBy(String link, String token, String amount) {
        return page(
                "POST",
                "/static-codes/" + link + "/payments",
                amount == null
                        ? "{\"token\":\"%s\"}".formatted(token)
                        : "{\"token\":\"%s\",\"amount\":\"%s\",\"locale\":\"zh-CN\"}"
                                .formatted(token, amount));
    }

    /** As its merchant sees it, with the nonce of its page. */
    private JsonNode paymentBehind(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var url = JSON.readTree(answer.body()).path("redirect_url").asString();
        var nonce = url.replaceFirst(".*/pay/", "");
        var reference =
                JSON.readTree(page("GET", "/checkout/" + nonce, "").body())
                        .path("merchant_reference")
                        .asString();
        var payment =
                (tools.jackson.databind.node.ObjectNode)
                        JSON.readTree(get("/v2/payments/by-reference/" + reference).body());
        return payment.put("nonce", nonce);
    }

    private static String newToken() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String newLink() {
        return newToken().substring(0, 12).replace('0', 'x').replace('1', 'y');
    }

    private static String ulid() {
        return newToken().substring(0, 26).toUpperCase(java.util.Locale.ROOT);
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        try (var pool = Executors.newFixedThreadPool(times)) {
            var results = new ArrayList<T>();
            for (var future : pool.invokeAll(java.util.Collections.nCopies(times, work))) {
                results.add(future.get());
            }
            return results;
        }
    }
}
