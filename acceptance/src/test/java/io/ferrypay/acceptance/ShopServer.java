package io.ferrypay.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shop's receiver that remembers every webhook, and answers as its test wants: it gets how many
 * came before, and gives the status.
 */
public final class ShopServer implements AutoCloseable {

    public record Received(String webhookId, String type, JsonNode object) {}

    private final JsonMapper json = JsonMapper.builder().build();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final IntUnaryOperator statusFor;

    public ShopServer(IntUnaryOperator statusFor) throws IOException {
        this.statusFor = statusFor;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.createContext("/hooks", this::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public static ShopServer accepting() throws IOException {
        return new ShopServer(_ -> 204);
    }

    /**
     * One for all who ask, open as long as this run lasts: what is still told when a test is over
     * finds it, and does not count against the shops of the next tests, which share its host.
     */
    public static ShopServer open() {
        return Open.SHOP;
    }

    private static final class Open {

        private static final ShopServer SHOP;

        static {
            try {
                SHOP = accepting();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var event = json.readTree(exchange.getRequestBody().readNBytes(1 << 20));
            var before = received.size();
            received.add(
                    new Received(
                            exchange.getRequestHeaders().getFirst("webhook-id"),
                            event.path("type").asString(),
                            event.path("data").path("object")));
            exchange.sendResponseHeaders(statusFor.applyAsInt(before), -1);
        }
    }

    public List<Received> of(String paymentId, String type) {
        return received.stream()
                .filter(hook ->
                        hook.type().equals(type)
                                && hook.object().path("id").asString().equals(paymentId))
                .toList();
    }

    public java.util.Set<String> idsOf(String paymentId, String type) {
        return of(paymentId, type).stream().map(Received::webhookId).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
