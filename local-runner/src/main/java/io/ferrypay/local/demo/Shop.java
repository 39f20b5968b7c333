package io.ferrypay.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shop's server, as small as can be: it takes webhooks and checks their signature before it
 * believes them.
 */
final class Shop implements AutoCloseable {

    private static final int MOST_KEPT = 1000;
    private static final long TOLERANCE_SECONDS = 300;

    private final JsonMapper json = JsonMapper.builder().build();
    private final LinkedBlockingQueue<Webhook> received = new LinkedBlockingQueue<>(MOST_KEPT);
    private final HttpServer server;

    private Shop(HttpServer server) {
        this.server = server;
    }

    record Webhook(String id, long timestamp, String signature, String body, JsonNode event) {

        /** Standard Webhooks, version 1: HMAC-SHA256 over {@code id.timestamp.body}. */
        boolean isSignedBy(String secret, long nowSeconds) {
            if (Math.abs(nowSeconds - timestamp) > TOLERANCE_SECONDS) {
                return false;
            }
            var expected = sign(secret);
            return Arrays.stream(signature.split(" "))
                    .filter(each -> each.startsWith("v1,"))
                    .anyMatch(each ->
                            MessageDigest.isEqual(
                                    each.substring(3).getBytes(StandardCharsets.US_ASCII),
                                    expected));
        }

        private byte[] sign(String secret) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(
                        new SecretKeySpec(
                                Base64.getDecoder().decode(secret.substring("whsec_".length())),
                                "HmacSHA256"));
                mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
                return Base64.getEncoder()
                        .encode(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static Shop open() {
        return open(InetAddress.getLoopbackAddress());
    }

    /**
     * @param here the address to listen at, by which the platform can reach it
     */
    static Shop open(InetAddress here) {
        try {
            var server = HttpServer.create(new InetSocketAddress(here, 0), 0);
            var shop = new Shop(server);
            server.createContext("/hooks", shop::receive);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return shop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        var address = server.getAddress();
        return "http://"
                + address.getAddress().getHostAddress()
                + ":"
                + address.getPort()
                + "/hooks";
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var body =
                    new String(
                            exchange.getRequestBody().readNBytes(1 << 20), StandardCharsets.UTF_8);
            received.offer(
                    new Webhook(
                            headers.getFirst("webhook-id"),
                            Long.parseLong(headers.getFirst("webhook-timestamp")),
                            headers.getFirst("webhook-signature"),
                            body,
                            json.readTree(body)));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    Optional<Webhook> await(Predicate<Webhook> wanted, long limitMillis)
            throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        while (true) {
            var next = received.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return Optional.empty();
            }
            if (wanted.test(next)) {
                return Optional.of(next);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
