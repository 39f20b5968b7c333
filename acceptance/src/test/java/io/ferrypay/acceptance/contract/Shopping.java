package io.ferrypay.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.acceptance.RunningPlatform;
import io.ferrypay.acceptance.RunningPlatform.Answer;
import io.ferrypay.acceptance.ShopServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;

/** What a shop and its shoppers do with one company, and what is to be seen of it afterwards. */
abstract class Shopping {

    final RunningPlatform platform;
    final Company company;
    final ShopServer shop = ShopServer.open();

    Shopping(RunningPlatform platform, Company company) {
        this.platform = platform;
        this.company = company;
    }

    // What shops and shoppers do.

    Order open(Map<String, Object> choice) {
        return open(choice, 900);
    }

    Order open(Map<String, Object> choice, int expiresInSeconds) {
        return begin(create(expiresInSeconds), choice);
    }

    JsonNode create(int expiresInSeconds) {
        var order = RunningPlatform.order(RunningPlatform.newReference(), shop.url());
        order.put("expires_in", expiresInSeconds);
        var created = platform.shop("POST", "/v2/payments", order);
        assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
        return created.body();
    }

    Order begin(JsonNode payment, Map<String, Object> choice) {
        return begin(payment.path("id").asString(), payment.path("nonce").asString(), choice);
    }

    Order begin(String paymentId, String nonce, Map<String, Object> choice) {
        return begin(company, paymentId, nonce, choice);
    }

    /** Chooses a way to pay of one company, which need not be the one tried here. */
    Order begin(Company at, String paymentId, String nonce, Map<String, Object> choice) {
        at.placing().readLock().lock();
        try {
            var view = ask(nonce, choice);
            for (var retry = 0; view.status() == 504 && retry < 3; retry++) {
                view = ask(nonce, choice); // As the page does; it is the same order.
            }
            assertThat(view.status()).as("%s", view.body()).isEqualTo(200);
            var attempt = view.body().path("attempt");
            assertThat(attempt.path("status").asString()).isEqualTo("ready");
            return new Order(paymentId, nonce, platform.orderNumberOf(paymentId), choice, attempt);
        } finally {
            at.placing().readLock().unlock();
        }
    }

    Answer ask(String nonce, Map<String, Object> choice) {
        return platform.shopper("POST", "/checkout/" + nonce + "/attempts", choice);
    }

    Order paid(Map<String, Object> choice) {
        var order = open(choice);
        company.pay(order);
        becomesPaid(order);
        return order;
    }

    Answer cancel(Order order) {
        return platform.shop("POST", "/v2/payments/" + order.paymentId() + ":cancel", null);
    }

    String refund(Order order, String amount) {
        var answer = refundAnswer(order, amount);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.body().path("id").asString();
    }

    /**
     * @param amount null for all that is left
     */
    Answer refundAnswer(Order order, String amount) {
        return platform.shop(
                "POST",
                "/v2/payments/" + order.paymentId() + "/refunds",
                amount == null ? Map.of() : Map.of("amount", amount));
    }

    // What is to be seen of it.

    JsonNode payment(Order order) {
        return platform.payment(order.paymentId());
    }

    String status(Order order) {
        return payment(order).path("status").asString();
    }

    String refundStatus(String refund) {
        return platform.shop("GET", "/v2/refunds/" + refund, null).body().path("status").asString();
    }

    String submission(String refund) {
        return platform.queryOne(
                "payment_channel", "select submission from refund where id = ?", refund);
    }

    void becomesPaid(Order order) {
        eventually(minutes(1)).until(() -> status(order).equals("paid"));
        toldOnce(order.paymentId(), "payment.paid");
    }

    /** One event, and one webhook, however often it was delivered. */
    void toldOnce(String subject, String type) {
        eventually(minutes(1)).until(() -> !shop.of(subject, type).isEmpty());
        assertThat(shop.idsOf(subject, type)).as("%s of %s", type, subject).hasSize(1);
        assertThat(told(subject, type)).as("%s of %s", type, subject).isEqualTo(1);
    }

    long told(String subject, String type) {
        return platform.count(
                "payment_channel",
                "select count(*) from outbox where subject = ? and type = ?",
                subject,
                type);
    }

    long kept(Order order, String verdict) {
        return platform.count(
                "payment_channel",
                "select count(*) from channel_notification where order_number = ? and verdict = ?",
                order.number(),
                verdict);
    }

    /** Of what nobody signed we do not know whose order it is about. */
    long refused(Order order, String reason, Instant since) {
        return platform.count(
                "payment_channel",
                """
                select count(*) from channel_notification
                 where verdict = 'refused' and account_id = ? and reason = ?
                   and (order_number = ? or order_number is null and received_at >= ?)
                """,
                company.account(),
                reason,
                order.number(),
                java.sql.Timestamp.from(since));
    }

    long attempts(Order order) {
        return platform.count(
                "payment_channel",
                "select count(*) from attempt where payment_id = ?",
                order.paymentId());
    }

    long queries(Order order) {
        return platform.count(
                "payment_channel",
                "select query_count from attempt where order_number = ?",
                order.number());
    }

    BigDecimal charged(Order order) {
        return Company.hundredths(
                platform.count(
                        "payment_channel",
                        "select channel_amount_minor from attempt where order_number = ?",
                        order.number()));
    }

    static ConditionFactory eventually() {
        return eventually(Duration.ofSeconds(40));
    }

    static ConditionFactory eventually(Duration atMost) {
        return org.awaitility.Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(500));
    }

    static ConditionFactory await(String what) {
        return org.awaitility.Awaitility.await(what).atMost(Duration.ofSeconds(40));
    }

    static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
