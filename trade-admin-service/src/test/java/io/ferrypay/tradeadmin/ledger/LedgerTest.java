package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventFollowers;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.TradeAdminTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the tests of the ledger share; each has merchants of its own. */
abstract class LedgerTest extends TradeAdminTest {

    private static final Map<String, String> METHODS = Map.of("payease", "onlinebank");

    final JsonMapper json = JsonMapper.builder().build();
    final String merchant = "mer_" + Event.newId().substring(4);

    @Autowired TakePaymentEvents takeEvents;
    @Autowired PostJournals postJournals;
    @Autowired VerifyBooks verifyBooks;
    @Autowired CheckBooks checkBooks;
    @Autowired EventFollowers followers;

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
                    var object = data.putObject("object");
                    amount(object.put("id", payment), owed);
                    object.put("created_at", "2026-11-24T01:00:00Z")
                            .put("paid_at", "2026-11-24T01:02:00Z")
                            .putObject("payment_method")
                            .put("type", METHODS.getOrDefault(channel, channel));
                    charge(data, channel, newId("ORDER"), charged);
                });
    }

    /**
     * Of an event as {@link #paid} makes it: the same payment as risk held, released or refused it.
     */
    Event heldAs(String type, Event paid, @Nullable String previous) {
        var data = (ObjectNode) paid.data().deepCopy();
        if (previous != null) {
            data.putObject("previous").put("status", previous);
        }
        return Event.of(type, paid.subject(), paid.version(), paid.time(), data);
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

    /** The same payment, made at another time: prices are of that time. */
    static Event madeAt(Event paid, Instant createdAt) {
        ((ObjectNode) paid.data().path("object")).put("created_at", createdAt.toString());
        return paid;
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
}
