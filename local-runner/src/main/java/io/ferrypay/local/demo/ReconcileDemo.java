package io.ferrypay.local.demo;

import io.ferrypay.local.Progress;
import io.ferrypay.local.Refusal;
import io.ferrypay.local.demo.Web.Caller;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A day on all four channels whose statements differ from what we hold in every way there is.
 * Statements are of past days, so the pretended companies' clock is put back while it is paid, and
 * our own times of these orders are set back to the same day; everything else is as always: the
 * real calls, files, convertors and comparison. What differs is then decided by two people, until
 * the day is closed.
 */
public final class ReconcileDemo {

    /**
     * A side waits two days for its other: a day is judged at the end of the day after the next.
     */
    private static final int BACK = 3;

    private static final int AT_ONCE = 5;
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String AMOUNT = "30.00";
    private static final String PART = "12.50";
    private static final List<String> ACCOUNTS =
            List.of("wechat-test", "alipay-test", "jdpay-test", "payease-test");

    private static final String SANDBOX_FILE = "the company's file, by the sandbox";
    private static final String OUR_DATA = "our own record, altered";
    private static final String OTHER_DAY = "told a day later";
    private static final String SILENCE = "the company tells nobody that it was paid";
    private static final String ODD_ANSWER = "the company's answer to a query";

    private final Places at;
    private final Caller shop;
    private final Insider insider;
    private final Progress progress;
    private final PrintStream out;
    private final Web web = new Web();
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final LocalDate day = LocalDate.now(BEIJING).minusDays(BACK);
    private final List<Injected> injected = new ArrayList<>();

    /** The payment whose company told nobody. */
    private String silent = "";

    /** Where everything is reached: the public door, and services by themselves. */
    public record Places(
            String platform,
            String sandbox,
            String payments,
            String reconcile,
            String tradeAdmin) {}

    /**
     * @param keys the folder of this machine's identity keys
     */
    public ReconcileDemo(Places at, String apiKey, Path keys, Progress progress, PrintStream out) {
        this.at = at;
        this.shop = new Caller.Shop(apiKey);
        this.insider = new Insider(keys);
        this.progress = progress;
        this.out = out;
    }

    /**
     * A lie.
     *
     * @param number of the order or refund; null where it is about the file
     */
    private record Injected(String account, String type, @Nullable String number, String how) {}

    private record Found(String account, String type, String subject, long id) {}

    private record Sale(String payment, String order, List<String> refunds) {

        String refund() {
            return refunds.getFirst();
        }
    }

    /** Whether all was found that was injected and nothing else, and the day is closed. */
    public boolean run() throws InterruptedException {
        progress.say("paying on " + day + " by all four channels");
        var calm = new LinkedHashMap<String, Sale>();
        try {
            clock(BACK);
            calm.putAll(payAll());
            clock(BACK - 1);
            var late = sell(wechat(), false, false);
            injected.add(new Injected("wechat-test", "late", late.order(), OTHER_DAY));
        } finally {
            clock(0);
        }
        lie(calm);
        progress.say("fetching and comparing the statements of " + day);
        compare(day);
        stopLying();
        for (var next = day.plusDays(1);
                next.isBefore(LocalDate.now(BEIJING));
                next = next.plusDays(1)) {
            progress.say("fetching and comparing those of " + next);
            compare(next);
        }
        var found = found();
        var agrees = compareWithInjected(found);
        progress.say("deciding about what differs, by two people");
        decide(found);
        var closed = isClosed();
        return agrees && closed;
    }

    // Paying

    private static Way wechat() {
        return way("wechat", "qr");
    }

    private static Way way(String method, String flow) {
        return Way.all().stream()
                .filter(one -> one.method().equals(method) && one.flow().equals(flow))
                .findFirst()
                .orElseThrow();
    }

    /** By a name for what is to become of each. */
    private Map<String, Sale> payAll() throws InterruptedException {
        var wanted = new LinkedHashMap<String, Way>();
        for (var name :
                List.of(
                        "plain",
                        "amount",
                        "currency",
                        "fee",
                        "rate",
                        "merchant",
                        "short",
                        "over",
                        "duplicate",
                        "missing",
                        "twin",
                        "other-twin",
                        "refunded",
                        "failed-refund",
                        "silent")) {
            wanted.put("wechat " + name, wechat());
        }
        for (var name : List.of("plain", "amount", "missing", "refunded")) {
            wanted.put("alipay " + name, way("alipay", "qr"));
            wanted.put("jdpay " + name, way("jdpay", "qr"));
        }
        for (var name : List.of("plain", "refunded", "unknown")) {
            wanted.put("payease " + name, way("onlinebank", "bank"));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new LinkedHashMap<String, Future<Sale>>();
            wanted.forEach((name, way) ->
                    running.put(
                            name,
                            threads.submit(() -> {
                                places.acquire();
                                try {
                                    return sell(
                                            way, name.contains("refund"), name.endsWith("silent"));
                                } finally {
                                    places.release();
                                }
                            })));
            var sales = new LinkedHashMap<String, Sale>();
            for (var one : running.entrySet()) {
                sales.put(one.getKey(), one.getValue().get());
            }
            return sales;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Refusal refusal
                    ? refusal
                    : new IllegalStateException(e.getCause());
        }
    }

    private Sale sell(Way way, boolean refunded, boolean silent) throws InterruptedException {
        var created =
                web.call(
                        shop,
                        "POST",
                        at.platform() + "/v2/payments",
                        Map.of(
                                "merchant_reference",
                                "RECONCILE-" + UUID.randomUUID(),
                                "amount",
                                AMOUNT,
                                "currency",
                                "NZD",
                                "product_name",
                                "Manuka honey, 250 g",
                                "return_url",
                                "https://shop.example/done",
                                "expires_in",
                                3600));
        var payment = created.path("id").asString();
        var browser = new Caller.Browser(way.browser());
        var attempts =
                at.platform() + "/checkout/" + created.path("nonce").asString() + "/attempts";
        var view = web.call(browser, "POST", attempts, way.choice());
        if (way.bank() != null) {
            // Its day is part of the number that the company is told.
            var _ = setBack(payment, null);
            view = web.call(browser, "POST", attempts, way.choice());
        }
        if (silent) {
            var order = setBack(payment, null).order();
            sandbox(
                    "/control/wechat/faults",
                    Map.of(
                            "applies_to", order,
                            "notification", Map.of("drop", 500),
                            "api", Map.of("query", Map.of("fail_before", 500))));
        }
        pay(way, view.path("attempt"));
        if (!silent) {
            await(payment + " is paid", () -> status(payment).equals("paid"));
            if (refunded) {
                var refund =
                        web.call(
                                        shop,
                                        "POST",
                                        at.platform() + "/v2/payments/" + payment + "/refunds",
                                        Map.of("amount", PART))
                                .path("id")
                                .asString();
                await(
                        refund + " has succeeded",
                        () ->
                                web.call(shop, "GET", at.platform() + "/v2/refunds/" + refund, null)
                                        .path("status")
                                        .asString()
                                        .equals("succeeded"));
            }
        }
        return setBack(payment, null);
    }

    private void pay(Way way, JsonNode attempt) {
        var control = "/control/" + way.company();
        if (attempt.path("qr").isObject()) {
            sandbox(
                    control + "/codes/pay",
                    Map.of("code_url", attempt.path("qr").path("content").asString()));
        } else {
            var form = attempt.path("form");
            sandbox(
                    control + "/browser/pay",
                    Map.of(
                            "action",
                            form.path("action").asString(),
                            "fields",
                            form.path("fields")));
        }
    }

    private String status(String payment) {
        return web.call(shop, "GET", at.platform() + "/v2/payments/" + payment + "?wait=5", null)
                .path("status")
                .asString();
    }

    private Sale setBack(String payment, @Nullable String referenceOf) {
        var wish = new LinkedHashMap<String, Object>();
        wish.put("day", day.toString());
        wish.put("reference_of", referenceOf);
        var back =
                inside(
                        at.payments(),
                        "payment-channel-service",
                        "POST",
                        "/internal/demo/payments/" + payment + ":set-back",
                        wish);
        return new Sale(
                payment,
                back.path("order_number").asString(),
                back.path("refund_numbers").valueStream().map(JsonNode::asString).toList());
    }

    private void clock(int daysBack) {
        sandbox("/control/clock", Map.of("offset_seconds", -86_400L * daysBack));
    }

    // Lying

    private void lie(Map<String, Sale> sales) {
        var edits = new ArrayList<Map<String, Object>>();
        Map.of(
                        "amount", "amount",
                        "currency", "currency",
                        "fee", "fee",
                        "rate", "fx_rate",
                        "merchant", "wrong_merchant",
                        "short", "settlement_short",
                        "over", "settlement_over",
                        "duplicate", "duplicate_channel",
                        "missing", "platform_only")
                .forEach((edit, type) -> {
                    var order = sale(sales, "wechat " + edit).order();
                    edits.add(edit(edit, order, null));
                    inject("wechat-test", type, order, SANDBOX_FILE);
                });
        var failed = sale(sales, "wechat failed-refund");
        edits.add(edit("status", failed.order(), failed.refund()));
        inject("wechat-test", "status", failed.refund(), SANDBOX_FILE);
        var run =
                UUID.randomUUID()
                        .toString()
                        .replace("-", "")
                        .substring(0, 12)
                        .toUpperCase(Locale.ROOT);
        edits.add(edit("extra", "EXTRA" + run, null));
        inject("wechat-test", "channel_only", "EXTRA" + run, SANDBOX_FILE);
        edits.add(edit("orphan", "ORPHAN" + run, null));
        inject("wechat-test", "refund_orphan", "ORPHAN" + run, SANDBOX_FILE);
        edits.add(edit("unreadable", "BAD" + run, null));
        inject("wechat-test", "unparsed_line", null, SANDBOX_FILE);
        edits.add(edit("total", "TOTAL", null));
        inject("wechat-test", "header_total", null, SANDBOX_FILE);

        // The second of two orders gets the first one's number at the company, and no line.
        var twin = sale(sales, "wechat other-twin");
        var _ = setBack(twin.payment(), sale(sales, "wechat twin").order());
        edits.add(edit("missing", twin.order(), null));
        inject("wechat-test", "duplicate_platform", twin.order(), OUR_DATA);
        silent = sale(sales, "wechat silent").payment();
        inject("wechat-test", "status", sale(sales, "wechat silent").order(), SILENCE);
        sandbox(
                "/control/wechat/statements",
                Map.of(
                        "minor_units", false,
                        "summary", false,
                        "wrong_sha1", false,
                        "edits", edits));

        var alipay = sale(sales, "alipay amount").order();
        var alipayMissing = sale(sales, "alipay missing").order();
        sandbox(
                "/control/alipay/faults",
                Map.of(
                        "statement",
                        Map.of(
                                "missing", List.of(alipayMissing),
                                "other_amount", List.of(alipay),
                                "extra", 1)));
        inject("alipay-test", "amount", alipay, SANDBOX_FILE);
        inject("alipay-test", "platform_only", alipayMissing, SANDBOX_FILE);
        inject(
                "alipay-test",
                "channel_only",
                "EXTRA" + day.toString().replace("-", "") + "0001",
                SANDBOX_FILE);

        var jd = sale(sales, "jdpay amount").order();
        var jdMissing = sale(sales, "jdpay missing").order();
        sandbox(
                "/control/jdpay/bills/" + day,
                Map.of(
                        "missing", List.of(jdMissing),
                        "extra", List.of(Map.of("trade_num", "JDEXTRA" + run, "amount", 1000)),
                        "other_amounts", Map.of(jd, 1)));
        inject("jdpay-test", "amount", jd, SANDBOX_FILE);
        inject("jdpay-test", "platform_only", jdMissing, SANDBOX_FILE);
        inject("jdpay-test", "channel_only", "JDEXTRA" + run, SANDBOX_FILE);

        var unknown = sale(sales, "payease unknown").order();
        sandbox(
                "/control/payease/faults",
                Map.of("applies_to", unknown, "api", Map.of("query", Map.of("unknown_order", 1))));
        inject("payease-test", "status", unknown, ODD_ANSWER);
    }

    private static Sale sale(Map<String, Sale> sales, String name) {
        var sale = sales.get(name);
        if (sale == null) {
            throw new IllegalStateException("no sale is called " + name);
        }
        return sale;
    }

    private void inject(String account, String type, @Nullable String number, String how) {
        injected.add(new Injected(account, type, number, how));
    }

    private static Map<String, Object> edit(String kind, String order, @Nullable String refund) {
        var edit = new LinkedHashMap<String, Object>();
        edit.put("kind", kind.toUpperCase(Locale.ROOT));
        edit.put("out_trade_no", order);
        edit.put("out_refund_no", refund);
        return edit;
    }

    private void stopLying() {
        sandbox(
                "/control/wechat/statements",
                Map.of("minor_units", false, "summary", false, "wrong_sha1", false));
        sandbox("/control/alipay/faults", Map.of());
        sandbox("/control/jdpay/bills/" + day, Map.of());
    }

    // Comparing

    private void compare(LocalDate of) throws InterruptedException {
        for (var account : ACCOUNTS) {
            var path = "/internal/reconciliation/days/" + account + "/" + of;
            await(
                    "the statement of " + account + " of " + of,
                    () -> {
                        var state = reconcile("POST", path + "/download").path("state").asString();
                        return !state.equals("not_ready") && !state.equals("bad_hash");
                    });
            await("a comparison of " + account, () -> isCompared(path));
        }
    }

    private boolean isCompared(String path) {
        try {
            return !reconcile("POST", path + "/compare?fresh=true").path("version").isNull();
        } catch (Refusal refusal) {
            if (String.valueOf(refusal.getMessage()).contains("account_busy")) {
                return false; // The platform's own round is at work on it.
            }
            throw refusal;
        }
    }

    private List<Found> found() {
        var found = new ArrayList<Found>();
        for (var account : ACCOUNTS) {
            var path = "/internal/reconciliation/days/" + account + "/" + day + "/differences";
            reconcile("GET", path + "?limit=500")
                    .path("data")
                    .forEach(one -> {
                        if (one.path("cleared_day").isNull() && !isOfAnotherRun(one)) {
                            found.add(
                                    new Found(
                                            account,
                                            one.path("type").asString(),
                                            one.path("subject").asString(),
                                            one.path("id").asLong()));
                        }
                    });
        }
        return found;
    }

    /** What was once told a day later stays so, and is no difference to decide about. */
    private boolean isOfAnotherRun(JsonNode difference) {
        return difference.path("type").asString().equals("late")
                && injected.stream()
                        .noneMatch(
                                one -> difference.path("subject").asString().equals(one.number()));
    }

    private boolean compareWithInjected(List<Found> found) {
        var left = new ArrayList<>(found);
        var missed = new ArrayList<Injected>();
        var types = new TreeMap<String, int[]>();
        for (var one : injected) {
            types.computeIfAbsent(one.type(), _ -> new int[2])[0]++;
            var match = left.stream().filter(candidate -> isOf(one, candidate)).findFirst();
            match.ifPresentOrElse(left::remove, () -> missed.add(one));
        }
        found.forEach(one -> types.computeIfAbsent(one.type(), _ -> new int[2])[1]++);
        out.printf(Locale.ROOT, "%nDifferences of %s, test mode%n", day);
        out.printf(Locale.ROOT, "%-20s %9s %6s   %s%n", "type", "injected", "found", "how");
        types.forEach((type, counts) ->
                out.printf(
                        Locale.ROOT,
                        "%-20s %9d %6d   %s%s%n",
                        type,
                        counts[0],
                        counts[1],
                        counts[0] == counts[1] ? "" : "NOT THE SAME: ",
                        String.join(
                                "; ",
                                injected.stream()
                                        .filter(one -> one.type().equals(type))
                                        .map(Injected::how)
                                        .distinct()
                                        .toList())));
        missed.forEach(one -> out.println("not found: " + one));
        left.forEach(one -> out.println("not injected: " + one));
        out.println(
                "%d injected, %d found: %s"
                        .formatted(
                                injected.size(),
                                found.size(),
                                missed.isEmpty() && left.isEmpty() ? "the same" : "NOT the same"));
        return missed.isEmpty() && left.isEmpty();
    }

    private static boolean isOf(Injected one, Found found) {
        return one.account().equals(found.account())
                && one.type().equals(found.type())
                && (one.number() == null
                        || found.subject().equals(one.number())
                        // A line that stands there again.
                        || found.subject().startsWith(one.number() + "#"));
    }

    // Deciding

    private record Person(String account, String person, String permission) {}

    private void decide(List<Found> found) throws InterruptedException {
        var colleagues =
                inside(
                                at.tradeAdmin(),
                                "trade-admin-service",
                                "POST",
                                "/internal/demo/colleagues",
                                null)
                        .path("data");
        var clerk = person(colleagues.path(0), "reconciliation:write");
        var checker = person(colleagues.path(1), "reconciliation:approve");
        // From now on the company answers queries about what it kept to itself.
        sandbox("/control/wechat/faults", Map.of());
        for (var one : injected) {
            if (one.how().equals(SILENCE) && one.number() != null) {
                sandbox("/control/wechat/faults", Map.of("applies_to", one.number()));
            }
        }
        out.println();
        var actions = new TreeMap<String, Integer>();
        decideAll(found, clerk, checker, actions);
        // What was asked of a channel shows in the next comparison; what it can't explain is
        // claimed.
        for (var one : injected) {
            if (one.how().equals(SILENCE)) {
                progress.say("waiting for late money");
                await("late money", () -> status(silent).equals("paid"));
            }
        }
        reconcile("POST", "/internal/reconciliation/days/payease-test/" + day + "/download");
        for (var next = day; next.isBefore(LocalDate.now(BEIJING)); next = next.plusDays(1)) {
            for (var account : ACCOUNTS) {
                var path = "/internal/reconciliation/days/" + account + "/" + next;
                await("a comparison of " + account, () -> isCompared(path));
            }
        }
        TimeUnit.SECONDS.sleep(2); // What ended meanwhile is on its way to the cases.
        decideAll(found(), clerk, checker, actions);
        actions.forEach((what, count) ->
                out.println(
                        "%3d  %s: asked for by one, approved by another".formatted(count, what)));
        await("the day to be closed", this::isClosed);
        for (var account : ACCOUNTS) {
            out.println(
                    "%s of %s: %s"
                            .formatted(
                                    account,
                                    day,
                                    reconcile(
                                                    "GET",
                                                    "/internal/reconciliation/days/"
                                                            + account
                                                            + "/"
                                                            + day)
                                            .path("state")
                                            .asString()));
        }
    }

    private void decideAll(
            List<Found> found, Person clerk, Person checker, Map<String, Integer> actions) {
        found.stream()
                .filter(one -> !one.type().equals("late"))
                .sorted(Comparator.comparingLong(Found::id))
                .forEach(one -> {
                    var action = decide(one, clerk, checker);
                    if (action != null) {
                        actions.merge(one.type() + " " + action, 1, Integer::sum);
                    }
                });
    }

    private static Person person(JsonNode colleague, String permission) {
        return new Person(
                colleague.path("account").asString(),
                colleague.path("person").asString(),
                permission);
    }

    /** What was decided; null where the difference was gone by then. */
    private @Nullable String decide(Found one, Person clerk, Person checker) {
        var path = "/console/api/differences/dif_" + one.id();
        var shown = whenTold(path, clerk).path("difference");
        if (!shown.path("status").asString().equals("open")) {
            return null;
        }
        var action = shown.path("proposed").asString();
        var asked =
                staff(
                        clerk,
                        "POST",
                        path + ":ask",
                        Map.of(
                                "version",
                                shown.path("version").asLong(),
                                "action",
                                action,
                                "reason",
                                "demonstration"));
        staff(
                checker,
                "POST",
                "/console/api/approvals/" + asked.path("approval").asString() + ":approve",
                Map.of("version", 1));
        return action;
    }

    /** What is told to trade-admin-service is there a moment later. */
    private JsonNode whenTold(String path, Person who) {
        for (var tries = 0; ; tries++) {
            try {
                return staff(who, "GET", path, null);
            } catch (Refusal refusal) {
                if (tries > 120 || !String.valueOf(refusal.getMessage()).contains("404")) {
                    throw refusal;
                }
                pause();
            }
        }
    }

    private boolean isClosed() {
        return ACCOUNTS.stream()
                .allMatch(account ->
                        reconcile("GET", "/internal/reconciliation/days/" + account + "/" + day)
                                .path("state")
                                .asString()
                                .equals("closed"));
    }

    // Talking

    private JsonNode sandbox(String path, Map<String, Object> order) {
        return web.call(new Caller.Nobody(), "POST", at.sandbox() + path, order);
    }

    private JsonNode reconcile(String method, String path) {
        return inside(at.reconcile(), "reconcile-service", method, path, null);
    }

    private JsonNode inside(
            String url, String service, String method, String path, @Nullable Object body) {
        return web.call(
                new Caller.Insider(insider.toService(service)),
                method,
                url + path,
                method.equals("POST") && body == null ? Map.of() : body);
    }

    private JsonNode staff(Person who, String method, String path, @Nullable Object body) {
        return web.call(
                new Caller.Insider(
                        insider.ofColleague(
                                who.account(),
                                who.person(),
                                List.of("reconciliation:read", who.permission()))),
                method,
                at.tradeAdmin() + path,
                body);
    }

    private void await(String what, BooleanSupplier done) throws InterruptedException {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new Refusal("Waited in vain for " + what + ".");
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }
}
