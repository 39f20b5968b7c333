package io.ferrypay.tradeadmin.ledger;

import com.nimbusds.jose.jwk.ECKey;
import io.ferrypay.events.Event;
import io.ferrypay.events.EventFollowers;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.KeyFiles;
import io.ferrypay.money.Money;
import io.ferrypay.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The whole service on a real PostgreSQL; one for all tests, each with merchants of its own. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "eureka.client.enabled=false",
            // There is nobody to follow: it asks now and then, and hears nothing.
            "ferry.ledger.follow=true",
            "spring.cloud.discovery.client.simple.instances.payment-channel-service[0].uri=http://127.0.0.1:1",
            "ferry.ledger.check-after-start=1h"
        })
abstract class LedgerTest {

    private static final Path FOLDER = newFolder();

    final JsonMapper json = JsonMapper.builder().build();
    final String merchant = "mer_" + Event.newId().substring(4);

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transaction;
    @Autowired TakePaymentEvents takeEvents;
    @Autowired PostJournals postJournals;
    @Autowired VerifyBooks verifyBooks;
    @Autowired CheckBooks checkBooks;
    @Autowired EventFollowers followers;

    @DynamicPropertySource
    static void environment(DynamicPropertyRegistry registry) {
        TestPostgres.register(registry, "trade_admin");
        registry.add(
                "ferry.identity.private-key",
                () -> FOLDER.resolve("trade-admin-service.jwk").toString());
        registry.add(
                "ferry.identity.trusted-keys", () -> FOLDER.resolve("trusted.jwks").toString());
    }

    private static Path newFolder() {
        try {
            var folder = Files.createTempDirectory("trade-admin-test-");
            KeyFiles.generate(
                    folder, List.of("gateway-service", "trade-admin-service", "job-service"));
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String serviceToken() {
        try {
            var key = ECKey.parse(Files.readString(FOLDER.resolve("job-service.jwk")));
            return new InternalTokens(key, Clock.systemUTC()).forService("trade-admin-service");
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the follower does it: in one transaction. */
    void happen(Event... events) {
        happen(List.of(events));
    }

    void happen(List<Event> events) {
        transaction.executeWithoutResult(_ -> takeEvents.apply(events));
    }

    Event paid(String channel, String owed, String charged) {
        return paid(newId("pay_"), merchant, false, channel, owed, charged);
    }

    /**
     * @param owed such as {@code 120.00 NZD}
     * @param charged what the channel took, such as {@code 557.40 CNY}
     */
    Event paid(
            String payment,
            String merchantId,
            boolean livemode,
            String channel,
            String owed,
            String charged) {
        return event(
                "payment.paid",
                payment,
                merchantId,
                livemode,
                data -> {
                    amount(data.putObject("object").put("id", payment), owed);
                    charge(data, channel, newId("ORDER"), charged);
                });
    }

    Event surplusPaid(
            String payment,
            String merchantId,
            String order,
            String channel,
            String owed,
            String charged) {
        return event(
                "payment.surplus_paid",
                payment,
                merchantId,
                false,
                data -> {
                    amount(data.putObject("object").put("id", payment), owed);
                    amount(data.putObject("surplus").put("order_number", order), owed);
                    charge(data, channel, order, charged);
                });
    }

    Event refunded(
            String payment,
            String merchantId,
            String kind,
            String channel,
            String owed,
            String charged) {
        var refund = newId("re_");
        return event(
                "refund.succeeded",
                refund,
                merchantId,
                false,
                data -> {
                    amount(
                            data.putObject("object")
                                    .put("id", refund)
                                    .put("payment", payment)
                                    .put("kind", kind),
                            owed);
                    charge(data, channel, newId("ORDER"), charged);
                });
    }

    Event event(
            String type,
            String subject,
            String merchantId,
            boolean livemode,
            Consumer<ObjectNode> more) {
        var data = json.createObjectNode();
        data.put("merchant_id", merchantId);
        data.put("livemode", livemode);
        more.accept(data);
        return Event.of(type, subject, 3, Instant.parse("2026-11-24T01:02:03.123456Z"), data);
    }

    private static void amount(ObjectNode holder, String amount) {
        var parts = amount.split(" ", 2);
        holder.put("amount", parts[0]).put("currency", parts[1]);
    }

    private static void charge(ObjectNode data, String channel, String order, String charged) {
        amount(
                data.putObject("charge").put("channel", channel).put("order_number", order),
                charged);
    }

    static String newId(String prefix) {
        return prefix + Event.newId().substring(4);
    }

    static Money money(String amount) {
        var parts = amount.split(" ", 2);
        return Money.parse(parts[0], parts[1]);
    }

    /** In minor units; zero where there is no such account. */
    long balance(String book, String type, String owner, String currency) {
        return jdbc.sql(
                        "select b.balance_minor from account a join account_balance b on b.account_id = a.id"
                                + " where a.book = ? and a.type = ? and a.owner = ? and a.currency = ?")
                .params(book, type, owner, currency)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** What each account of the journal of this subject gets, by path and currency. */
    Map<String, Long> booked(String subject) {
        var lines = new java.util.LinkedHashMap<String, Long>();
        jdbc.sql(
                        "select a.type || '/' || a.owner || ' ' || e.currency, e.amount_minor"
                                + " from journal j join entry e using (book, sequence)"
                                + " join account a on a.id = e.account_id where j.subject = ?"
                                + " order by j.sequence, e.line")
                .param(subject)
                .query((row, _) -> lines.put(row.getString(1), row.getLong(2)))
                .list();
        return lines;
    }

    BooksReport.Check check(String rule) {
        return verifyBooks.verify().checks().stream()
                .filter(check -> check.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    /** With everything in the database that guards it switched off, as an intruder might. */
    void tamper(String table, String... statements) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("alter table " + table + " disable trigger user").update();
            for (var statement : statements) {
                jdbc.sql(statement).update();
            }
            jdbc.sql("alter table " + table + " enable trigger user").update();
        });
    }
}
