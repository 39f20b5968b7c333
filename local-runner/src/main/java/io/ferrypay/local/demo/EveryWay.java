package io.ferrypay.local.demo;

import io.ferrypay.local.Progress;
import io.ferrypay.local.Refusal;
import io.ferrypay.local.demo.Web.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Pays once by every way there is, and gives the money back in two parts. Each is done over HTTP as
 * the shop, the shopper's device and the payer would; one that fails says why, and the others go
 * on.
 */
public final class EveryWay {

    /** So many are paid or asked to be refunded at a time; waiting for a refund costs nothing. */
    private static final int AT_ONCE = 6;

    private static final Duration PAID_LIMIT = Duration.ofSeconds(40);
    private static final Duration REFUND_LIMIT = Duration.ofSeconds(100);
    private static final Duration PAUSE = Duration.ofMillis(400);

    private static final String AMOUNT = "30.00";
    private static final String PART = "12.50";
    private static final String CURRENCY = "NZD";

    private final String platformUrl;
    private final String sandboxUrl;
    private final Caller shop;
    private final Progress progress;
    private final Duration paidLimit;
    private final Duration refundLimit;
    private final Web web = new Web();
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    public EveryWay(String platformUrl, String sandboxUrl, String apiKey, Progress progress) {
        this(platformUrl, sandboxUrl, apiKey, progress, PAID_LIMIT, REFUND_LIMIT);
    }

    EveryWay(
            String platformUrl,
            String sandboxUrl,
            String apiKey,
            Progress progress,
            Duration paidLimit,
            Duration refundLimit) {
        this.platformUrl = platformUrl;
        this.sandboxUrl = sandboxUrl;
        this.shop = new Caller.Shop(apiKey);
        this.progress = progress;
        this.paidLimit = paidLimit;
        this.refundLimit = refundLimit;
    }

    /** Pays by all of them, several at a time, and tells of them in their order. */
    public Tried run() throws InterruptedException {
        var begun = System.nanoTime();
        var ways = Way.all();
        var ended = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = new ArrayList<Future<Tried.Line>>();
            for (var way : ways) {
                tries.add(
                        threads.submit(() -> {
                            var line = new Sale(way).run();
                            progress.say(
                                    String.format(
                                            Locale.ROOT,
                                            "%2d of %d  %s %s: %s",
                                            ended.incrementAndGet(),
                                            ways.size(),
                                            way.title(),
                                            way.through(),
                                            line.result()));
                            return line;
                        }));
            }
            var lines = new ArrayList<Tried.Line>();
            for (var each : tries) {
                lines.add(each.get());
            }
            return new Tried(List.copyOf(lines), millisSince(begun));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static double millisSince(long begun) {
        return Math.round((System.nanoTime() - begun) / 1e5) / 10.0;
    }

    private interface Work<T> {
        T run() throws InterruptedException;
    }

    /** One payment and its two refunds; what is known of it so far, for whatever happens. */
    private final class Sale {

        private final Way way;
        private final Caller browser;
        private String paymentId = "";
        private String status = "";
        private String refundState = "";
        private String payerAmount = "";
        private String payerCurrency = "";
        private @Nullable Double paidMillis;
        private @Nullable Double partMillis;
        private @Nullable Double restMillis;

        private Sale(Way way) {
            this.way = way;
            this.browser = new Caller.Browser(way.browser());
        }

        private Tried.Line run() throws InterruptedException {
            try {
                paidMillis = inPlace(this::pay);
                partMillis = refund("the part", Map.of("amount", PART, "reason", "one_returned"));
                restMillis = refund("the rest", Map.of());
                var after = payment(0);
                refundState = after.path("refund_state").asString();
                if (!refundState.equals("full")
                        || !after.path("refunded_amount").asString().equals(AMOUNT)) {
                    throw new Refusal(
                            "refunded is "
                                    + refundState
                                    + ", "
                                    + after.path("refunded_amount").asString());
                }
                return line(null);
            } catch (Refusal refusal) {
                return line(refusal.getMessage());
            } catch (RuntimeException e) {
                return line(e.toString());
            }
        }

        private Tried.Line line(@Nullable String problem) {
            return new Tried.Line(
                    way.title(),
                    way.method(),
                    way.flow(),
                    way.bank(),
                    paymentId,
                    AMOUNT,
                    CURRENCY,
                    payerAmount,
                    payerCurrency,
                    status,
                    refundState,
                    paidMillis,
                    partMillis,
                    restMillis,
                    problem);
        }

        private <T> T inPlace(Work<T> work) throws InterruptedException {
            places.acquire();
            try {
                return work.run();
            } finally {
                places.release();
            }
        }

        /** How long it took from the shop's call until the shop can read that it is paid. */
        private double pay() {
            var begun = System.nanoTime();
            var created = web.call(shop, "POST", platformUrl + "/v2/payments", order());
            paymentId = created.path("id").asString();
            status = created.path("status").asString();
            var page = created.path("redirect_url").asString();
            var checkout = platformUrl + "/checkout/" + created.path("nonce").asString();
            web.open(browser, page);
            requireOffered(web.call(browser, "GET", checkout, null));
            if (way.bank() != null) {
                requireBank(web.call(browser, "GET", checkout + "/banks", null), way.bank());
            }
            payAsOffered(
                    web.call(browser, "POST", checkout + "/attempts", way.choice()),
                    checkout,
                    page);
            awaitPaid();
            return millisSince(begun);
        }

        private Map<String, Object> order() {
            return Map.of(
                    "merchant_reference",
                    "EVERY-" + UUID.randomUUID(),
                    "amount",
                    AMOUNT,
                    "currency",
                    CURRENCY,
                    "product_name",
                    "Manuka honey, 250 g",
                    "return_url",
                    "https://shop.example/checkout/done",
                    "cancel_url",
                    "https://shop.example/cart",
                    "expires_in",
                    900);
        }

        /** The page of this device has to offer it before it can be chosen. */
        private void requireOffered(JsonNode view) {
            for (var method : view.path("methods")) {
                if (method.path("type").asString().equals(way.method())) {
                    if (!method.path("available").asBoolean()) {
                        throw new Refusal(
                                "the page says " + method.path("reason").asString("unavailable"));
                    }
                    for (var flow : method.path("flows")) {
                        if (flow.asString().equals(way.flow())) {
                            return;
                        }
                    }
                    throw new Refusal("the page offers only " + method.path("flows"));
                }
            }
            throw new Refusal("the page does not offer " + way.method());
        }

        private static void requireBank(JsonNode banks, String wanted) {
            for (var bank : banks.path("data")) {
                if (bank.path("code").asString().equals(wanted)) {
                    if (!bank.path("available").asBoolean()) {
                        throw new Refusal("the page says " + wanted + " is not available");
                    }
                    return;
                }
            }
            throw new Refusal("the page does not list " + wanted);
        }

        /** What the page does by itself, and what the payer does where it leads. */
        private void payAsOffered(JsonNode view, String checkout, String page) {
            var identify = view.path("identify_url").asString("");
            if (!identify.isEmpty()) {
                requirePage(web.open(browser, identify), page);
                payAsOffered(web.call(browser, "GET", checkout, null), checkout, page);
                return;
            }
            var attempt = view.path("attempt");
            var control = sandboxUrl + "/control/" + way.company();
            if (attempt.path("qr").isObject()) {
                control(
                        control + "/codes/pay",
                        Map.of("code_url", attempt.path("qr").path("content").asString()));
            } else if (attempt.path("wallet_call").isObject()) {
                control(
                        control + "/wallet/pay",
                        Map.of("parameters", attempt.path("wallet_call").path("parameters")));
            } else if (attempt.path("redirect").isObject()) {
                comeBack(
                        control(
                                control + "/browser/pay",
                                Map.of("url", attempt.path("redirect").path("url").asString())),
                        page);
            } else if (attempt.path("form").isObject()) {
                var form = attempt.path("form");
                comeBack(
                        control(
                                control + "/browser/pay",
                                Map.of(
                                        "action",
                                        form.path("action").asString(),
                                        "fields",
                                        form.path("fields"))),
                        page);
            } else {
                throw new Refusal(
                        "the page offers nothing, the attempt is "
                                + attempt.path("status").asString("missing"));
            }
        }

        private JsonNode control(String url, Map<String, Object> order) {
            return web.call(new Caller.Nobody(), "POST", url, order);
        }

        /** A browser that paid is sent back, and ends on the pay page; a wallet just closes. */
        private void comeBack(JsonNode paid, String page) {
            var url = paid.path("return_url").asString("");
            if (url.isEmpty()) {
                return;
            }
            var fields = new LinkedHashMap<String, String>();
            paid.path("return_fields")
                    .forEachEntry((name, value) -> fields.put(name, value.asString()));
            requirePage(
                    fields.isEmpty() ? web.open(browser, url) : web.post(browser, url, fields),
                    page);
        }

        private static void requirePage(String ended, String page) {
            if (!ended.equals(page)) {
                throw new Refusal(
                        "the browser did not come back to the pay page but to "
                                + ended.replaceAll("\\?.*", ""));
            }
        }

        private void awaitPaid() {
            var deadline = System.nanoTime() + paidLimit.toNanos();
            while (true) {
                var left = TimeUnit.NANOSECONDS.toSeconds(deadline - System.nanoTime());
                var payment = payment(Math.clamp(left, 1, 20));
                status = payment.path("status").asString();
                payerAmount = payment.path("payer_amount").asString("");
                payerCurrency = payment.path("payer_currency").asString("");
                if (status.equals("paid")) {
                    return;
                }
                if (left <= 0) {
                    throw new Refusal("still " + status + " after " + paidLimit.toSeconds() + " s");
                }
            }
        }

        private JsonNode payment(int wait) {
            return web.call(
                    shop, "GET", platformUrl + "/v2/payments/" + paymentId + "?wait=" + wait, null);
        }

        /** How long it took from the shop's call until the refund has succeeded. */
        private double refund(String which, Map<String, Object> wanted)
                throws InterruptedException {
            var asked = inPlace(() -> askForRefund(wanted));
            var begun = asked.at();
            var id = asked.id();
            while (true) {
                var refund = web.call(shop, "GET", platformUrl + "/v2/refunds/" + id, null);
                switch (refund.path("status").asString()) {
                    case "succeeded" -> {
                        refundState = "partial";
                        return millisSince(begun);
                    }
                    case "failed" -> {
                        var failure = refund.path("failure");
                        throw new Refusal(
                                "refund of "
                                        + which
                                        + " failed: "
                                        + failure.path("code").asString("")
                                        + " "
                                        + failure.path("decline_code").asString(""));
                    }
                    case String other -> {
                        if (System.nanoTime() - begun > refundLimit.toNanos()) {
                            throw new Refusal(
                                    "refund of "
                                            + which
                                            + " still "
                                            + other
                                            + " after "
                                            + refundLimit.toSeconds()
                                            + " s");
                        }
                    }
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }

        private Asked askForRefund(Map<String, Object> wanted) {
            var begun = System.nanoTime();
            var refund =
                    web.call(
                            shop,
                            "POST",
                            platformUrl + "/v2/payments/" + paymentId + "/refunds",
                            wanted);
            return new Asked(refund.path("id").asString(), begun);
        }

        private record Asked(String id, long at) {}
    }
}
