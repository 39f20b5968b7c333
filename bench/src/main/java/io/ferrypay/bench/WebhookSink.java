package io.ferrypay.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** The shop's end: completes a wait when the payment's {@code payment.paid} arrives. */
final class WebhookSink implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private final HttpServer server;

    WebhookSink() throws IOException {
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.createContext("/hooks", this::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var event = json.readTree(exchange.getRequestBody().readNBytes(1 << 20));
            if (event.path("type").asString().equals("payment.paid")) {
                paid(event.path("data").path("object").path("id").asString()).complete(null);
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private CompletableFuture<Void> paid(String paymentId) {
        return waiting.computeIfAbsent(paymentId, _ -> new CompletableFuture<>());
    }

    void awaitPaid(String paymentId, long limitMillis) throws IOException, InterruptedException {
        try {
            paid(paymentId).get(limitMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException(
                    "no payment.paid webhook for " + paymentId + " within " + limitMillis + " ms",
                    e);
        } finally {
            waiting.remove(paymentId);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
