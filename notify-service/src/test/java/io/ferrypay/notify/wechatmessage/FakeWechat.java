package io.ferrypay.notify.wechatmessage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official account's servers, as far as they are asked: tokens, who somebody is, messages. */
final class FakeWechat {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    final List<JsonNode> tokenRequests = new CopyOnWriteArrayList<>();
    final Set<String> seen = ConcurrentHashMap.newKeySet();

    final AtomicInteger sends = new AtomicInteger();

    /** Its number of the newest message. */
    final AtomicLong msgid = new AtomicLong(200_228_332);

    private final HttpServer server;
    private final Deque<String> answers = new ArrayDeque<>();
    private volatile String token = "token-1";
    private volatile String openid = "oPerson1";
    private volatile Runnable meanwhile = () -> {};

    FakeWechat() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/cgi-bin/stable_token", this::stableToken);
        server.createContext("/cgi-bin/message/template/send", this::send);
        server.createContext("/sns/oauth2/access_token", this::person);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void reset() {
        messages.clear();
        tokenRequests.clear();
        seen.clear();
        sends.set(0);
        synchronized (answers) {
            answers.clear();
        }
        openid = "oPerson1";
        meanwhile = () -> {};
    }

    /** What happens elsewhere while it is asked who somebody is. */
    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    /** The next scan is this person's; empty for none. */
    void scannedBy(String who) {
        openid = who;
    }

    /** Answers the next messages so: an error code, or {@code hang-up} after it took effect. */
    void answers(String... next) {
        synchronized (answers) {
            answers.addAll(List.of(next));
        }
    }

    /** As if somebody had forced another token. */
    void changeToken() {
        token = "token-" + System.nanoTime();
    }

    private void stableToken(HttpExchange exchange) throws IOException {
        var request = JSON.readTree(exchange.getRequestBody());
        tokenRequests.add(request);
        if (!request.path("secret").asString("").equals("the-app-secret")) {
            answer(exchange, "{\"errcode\":40125,\"errmsg\":\"invalid appsecret rid: 1\"}");
            return;
        }
        answer(exchange, "{\"access_token\":\"" + token + "\",\"expires_in\":7200}");
    }

    private void person(HttpExchange exchange) throws IOException {
        meanwhile.run();
        answer(
                exchange,
                openid.isEmpty() || !exchange.getRequestURI().getQuery().contains("code=good")
                        ? "{\"errcode\":40029,\"errmsg\":\"invalid code, rid: 1\"}"
                        : "{\"access_token\":\"x\",\"openid\":\"" + openid + "\"}");
    }

    private void send(HttpExchange exchange) throws IOException {
        sends.incrementAndGet();
        var request = JSON.readTree(exchange.getRequestBody());
        if (!exchange.getRequestURI().getQuery().equals("access_token=" + token)) {
            answer(exchange, error(42001));
            return;
        }
        String next;
        synchronized (answers) {
            next = answers.poll();
        }
        var hangUp = "hang-up".equals(next);
        if (next != null && !hangUp && !next.equals("0")) {
            answer(exchange, error(Integer.parseInt(next)));
            return;
        }
        if (!seen.add(request.path("client_msg_id").asString())) {
            answer(exchange, error(45065));
            return;
        }
        messages.add(request);
        if (hangUp) {
            exchange.close();
            return;
        }
        answer(
                exchange,
                "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":" + msgid.incrementAndGet() + "}");
    }

    private static String error(int code) {
        return "{\"errcode\":" + code + ",\"errmsg\":\"refused rid: 1\"}";
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
