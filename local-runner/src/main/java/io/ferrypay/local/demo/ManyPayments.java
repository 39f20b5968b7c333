package io.ferrypay.local.demo;

import io.ferrypay.local.Refusal;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many whole payments at once, by shops and shoppers who behave as they are told to: a request
 * without an answer, or with one that says "later", is sent again under the same idempotency key.
 * Services may die meanwhile.
 */
public final class ManyPayments {

    private static final MediaType JSON = MediaType.get("application/json");

    /** How long a request is repeated before its payment counts as failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration WEBHOOK_PATIENCE = Duration.ofMinutes(2);
    private static final int TELL_EVERY = 250;
    private static final int MOST_FAILURES_TOLD = 20;

    private final String platformUrl;
    private final String sandboxUrl;
    private final String apiKey;
    private final InetAddress here;
    private final JsonMapper json = JsonMapper.builder().build();
    private final OkHttpClient http =
            new OkHttpClient.Builder()
                    .connectTimeout(Duration.ofSeconds(2))
                    .callTimeout(Duration.ofSeconds(35))
                    .readTimeout(Duration.ofSeconds(30))
                    .connectionPool(new ConnectionPool(200, 20, TimeUnit.SECONDS))
                    .build();

    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> millis = new ConcurrentLinkedQueue<>();
    private final Set<String> paid = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param here where the shop takes webhooks; the platform must reach it
     */
    public ManyPayments(String platformUrl, String sandboxUrl, String apiKey, InetAddress here) {
        this.platformUrl = platformUrl;
        this.sandboxUrl = sandboxUrl;
        this.apiKey = apiKey;
        this.here = here;
    }

    /**
     * @param repeated requests that were sent again, of all that were sent
     * @param told payments of which the shop heard that they are paid
     * @param millis how long each payment took from order to paid, sorted
     */
    public record Told(
            int payments,
            int paid,
            int told,
            int repeated,
            List<String> failures,
            List<Long> millis,
            Duration took) {

        public boolean allPaidAndTold() {
            return paid == payments && told == payments && failures.isEmpty();
        }

        public void print(PrintStream out) {
            failures.stream()
                    .limit(MOST_FAILURES_TOLD)
                    .forEach(failure -> out.println("failed: " + failure));
            out.printf(
                    Locale.ROOT,
                    "%d payments: %d paid, %d failed, %d told by webhook; %d requests were repeated; %.1f s, %.1f a second; "
                            + "order to paid: median %d ms, 99%% %d ms, longest %d ms%n",
                    payments,
                    paid,
                    failures.size(),
                    told,
                    repeated,
                    took.toMillis() / 1e3,
                    paid * 1e3 / Math.max(1, took.toMillis()),
                    at(50),
                    at(99),
                    at(100));
        }

        private long at(int percent) {
            return millis.isEmpty()
                    ? 0
                    : millis.get(Math.max(0, (int) ((long) millis.size() * percent / 100) - 1));
        }
    }

    /** Pays so many times by so many shoppers at once. */
    public Told run(int payments, int shoppers) throws InterruptedException {
        var begun = System.nanoTime();
        try (var shop = Shop.open(here);
                var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            hands.execute(() -> listen(shop));
            var places = new Semaphore(shoppers);
            for (var i = 0; i < payments; i++) {
                places.acquire();
                hands.execute(() -> {
                    try {
                        payOnce(shop.url());
                    } finally {
                        places.release();
                    }
                });
            }
            places.acquire(shoppers);
            var took = Duration.ofNanos(System.nanoTime() - begun);
            var deadline = System.nanoTime() + WEBHOOK_PATIENCE.toNanos();
            while (!told.containsAll(paid) && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE);
            }
            hands.shutdownNow();
            return new Told(
                    payments,
                    paid.size(),
                    (int) paid.stream().filter(told::contains).count(),
                    repeated.get(),
                    List.copyOf(failures),
                    millis.stream().sorted().toList(),
                    took);
        }
    }

    private void listen(Shop shop) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                shop.await(hook -> true, 1000)
                        .filter(hook ->
                                hook.event().path("type").asString("").equals("payment.paid"))
                        .ifPresent(hook ->
                                told.add(
                                        hook.event()
                                                .path("data")
                                                .path("object")
                                                .path("id")
                                                .asString("")));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void payOnce(String notifyUrl) {
        var begun = System.nanoTime();
        try {
            var order =
                    Map.of(
                            "merchant_reference", "MANY-" + UUID.randomUUID(),
                            "amount", "12.00",
                            "currency", "NZD",
                            "product_name", "Manuka honey, 50 g",
                            "return_url", "https://shop.example/checkout/done",
                            "notify_url", notifyUrl,
                            "expires_in", 900);
            var created = insist("POST", platformUrl + "/v2/payments", order, apiKey, _ -> true);
            var id = created.path("id").asString();
            var shown =
                    insist(
                            "POST",
                            platformUrl
                                    + "/checkout/"
                                    + created.path("nonce").asString()
                                    + "/attempts",
                            Map.of("method", "wechat"),
                            null,
                            view -> view.path("attempt").path("qr").hasNonNull("content"));
            insist(
                    "POST",
                    sandboxUrl + "/control/wechat/codes/pay",
                    Map.of("code_url", shown.path("attempt").path("qr").path("content").asString()),
                    null,
                    _ -> true);
            insist(
                    "GET",
                    platformUrl + "/v2/payments/" + id + "?wait=10",
                    null,
                    apiKey,
                    payment -> payment.path("status").asString("").equals("paid"));
            paid.add(id);
            millis.add((System.nanoTime() - begun) / 1_000_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
        var count = done.incrementAndGet();
        if (count % TELL_EVERY == 0) {
            System.out.println(
                    count
                            + " payments done, "
                            + failures.size()
                            + " failed, "
                            + repeated
                            + " requests repeated");
        }
    }

    /** The same request until it is answered well, or patience ends. */
    private JsonNode insist(
            String method,
            String url,
            @Nullable Object body,
            @Nullable String key,
            Predicate<JsonNode> good)
            throws InterruptedException {
        var request = new Request.Builder().url(url);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
            if (method.equals("POST")) {
                request.header("Idempotency-Key", UUID.randomUUID().toString());
            }
        }
        var bytes = body == null ? null : RequestBody.create(json.writeValueAsBytes(body), JSON);
        var same = request.method(method, bytes).build();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String said;
            try (var response = http.newCall(same).execute()) {
                var text = response.body().string();
                if (response.isSuccessful()) {
                    var answer = text.isBlank() ? json.createObjectNode() : json.readTree(text);
                    if (good.test(answer)) {
                        return answer;
                    }
                    said = "not yet";
                } else {
                    said = response.code() + " " + code(text);
                    if (response.code() < 500 && response.code() != 429 && response.code() != 409) {
                        throw new Refusal(method + " " + path(same) + ": " + said);
                    }
                }
            } catch (IOException e) {
                said = e.getClass().getSimpleName();
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal(method + " " + path(same) + ": " + said);
            }
            if (!said.equals("not yet")) {
                repeated.incrementAndGet();
            }
            Thread.sleep(PAUSE);
        }
    }

    private String code(String text) {
        try {
            return json.readTree(text).path("code").asString("");
        } catch (RuntimeException _) {
            return "";
        }
    }

    /** The link to a payment is a secret of its own. */
    private static String path(Request request) {
        return request.url().encodedPath().replaceAll("/checkout/[^/]+", "/checkout/...");
    }
}
