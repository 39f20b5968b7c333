package io.ferrypay.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.acceptance.RunningPlatform;
import io.ferrypay.acceptance.RunningPlatform.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import tools.jackson.databind.JsonNode;

/**
 * A payment company as the contract meets it: what its payers do, what it tells, and what goes
 * wrong with it, by the sandbox's control API.
 */
abstract class Company {

    private static final Map<String, ReadWriteLock> PLACING = new ConcurrentHashMap<>();

    final RunningPlatform platform;

    Company(RunningPlatform platform) {
        this.platform = platform;
    }

    static List<Company> all(RunningPlatform platform) {
        return List.of(
                new Wechat(platform),
                new Alipay(platform),
                new Jdpay(platform),
                new Payease(platform));
    }

    /** As people call it. */
    abstract String title();

    /** As our tables and the sandbox call it. */
    abstract String code();

    /**
     * Whoever has calls that place orders here go wrong keeps all others from placing any: also
     * those who try another company and place only their second order here.
     */
    ReadWriteLock placing() {
        return PLACING.computeIfAbsent(code(), _ -> new ReentrantReadWriteLock());
    }

    String account() {
        return code() + "-test";
    }

    /** What the protocol does not have, and why that is so. */
    abstract Map<Gap, String> gaps();

    Optional<String> gap(Gap gap) {
        return Optional.ofNullable(gaps().get(gap));
    }

    /** How shoppers pay here when nothing special is wanted. */
    abstract Map<String, Object> choice();

    /** A way to pay that begins with a call of ours. */
    Map<String, Object> choiceByCall() {
        return choice();
    }

    /** A way to pay whose orders can be closed. */
    Map<String, Object> choiceThatCloses() {
        return choice();
    }

    /** A way to pay from which a browser comes back. */
    Map<String, Object> choiceInBrowser() {
        return choice();
    }

    /**
     * ISO 4217: what the company is told amounts in, of a shop that charges New Zealand dollars.
     */
    abstract String toldIn();

    /** The payer opens the order, so that the company knows of it, and does not pay. */
    void visit(Order order) {}

    abstract void pay(Order order);

    /** Pays in a browser and has it come back; gives what our page answered it. */
    int payAndComeBack(Order order) {
        throw new UnsupportedOperationException(title() + " has no such browser");
    }

    /** What the company was told to charge. */
    abstract BigDecimal told(Order order);

    /** What the company has given back of the order so far, in {@link #toldIn}. */
    abstract BigDecimal givenBack(Order order);

    /** Names of API calls and faults, where they are its own. */
    abstract String call(Call call, Order order);

    /** Calls every company has, under names of its own. */
    enum Call {
        PLACE,
        QUERY,
        CLOSE,
        REFUND
    }

    abstract String wrongMerchantFault();

    /** What is kept as the reason when a notification names another merchant. */
    abstract String wrongMerchantReason();

    String wrongKeyReason() {
        return "bad_signature";
    }

    /** From now on refunds of the order are refused. */
    abstract void refuseRefunds(Order order);

    /** The company refuses that refund, if it has not done so yet. */
    void refuse(String refundNumber) {}

    /** What happens to an order that the company will have nothing to do with. */
    void goWrong(Order order) {}

    /**
     * The order as if it had begun that much earlier, where its day is part of what the company is
     * told; the companies' own clock is moved beside this.
     */
    Order setBack(Shopping till, Order order, Duration by) {
        return order;
    }

    /** The same of when it was paid, where the company does not tell that. */
    void setPaidBack(Order order, Duration by) {}

    /** What a statement says, line by line. */
    List<String> statementLines(byte[] statement) throws IOException {
        return new String(statement, StandardCharsets.UTF_8).lines().toList();
    }

    void decline(Order order) {
        visit(order);
        control("POST", "/orders/" + order.number() + "/decline", null);
    }

    Answer orderAtCompany(String number) {
        return platform.sandbox("GET", "/control/" + code() + "/orders/" + number, null);
    }

    /** Tries to pay what perhaps nobody can pay any more. */
    Answer tryToPay(Order order) {
        return platform.sandbox(
                "POST", "/control/" + code() + "/orders/" + order.number() + "/pay", null);
    }

    /** Sends the notification once more. */
    List<JsonNode> notifyAgain(Order order) {
        return control("POST", "/orders/" + order.number() + "/notify", Map.of())
                .path("notifications")
                .valueStream()
                .toList();
    }

    /** Notifications that went out about the order, with what they were answered. */
    List<JsonNode> notices(Order order) {
        return control("GET", "/notifications?out_trade_no=" + order.number(), null)
                .path("notifications")
                .valueStream()
                .filter(notice -> !notice.path("answer").asString().equals("not sent"))
                .toList();
    }

    /** What goes wrong about this order from now on, in place of what did before. */
    void faults(Order order, Map<String, Object> faults) {
        var all = new HashMap<>(faults);
        all.put("applies_to", order.number());
        control("POST", "/faults", all);
    }

    /** What goes wrong about every order without faults of its own. */
    void faultsOfAll(Map<String, Object> faults) {
        control("POST", "/faults", faults);
    }

    boolean knowsNotificationFault(String fault) {
        var status =
                platform.sandbox(
                                "POST",
                                "/control/" + code() + "/faults",
                                Map.of(
                                        "notification",
                                        Map.of(fault, true),
                                        "applies_to",
                                        "NOBODYSORDER"))
                        .status();
        assertThat(status).isIn(204, 400);
        return status == 204;
    }

    JsonNode control(String method, String path, Object body) {
        var answer = platform.sandbox(method, "/control/" + code() + path, body);
        assertThat(answer.status())
                .as("%s %s answered %s", method, path, answer.body())
                .isBetween(200, 204);
        return answer.body();
    }

    List<String> refundNumbers(Order order) {
        var numbers =
                platform.queryOne(
                        "payment_channel",
                        "select string_agg(refund_number, ',') from refund where order_number = ?",
                        order.number());
        return numbers == null ? List.of() : List.of(numbers.split(","));
    }

    static BigDecimal hundredths(long minor) {
        return BigDecimal.valueOf(minor, 2);
    }

    @Override
    public String toString() {
        return title();
    }
}
