package io.ferrypay.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/** A service behind the gateway that remembers what it was sent and answers as told. */
final class StubService implements AutoCloseable {

    record Received(String method, String uri, HttpHeaders headers, String body) {}

    /** How to answer: the status, content type and body, after a delay. */
    record Answer(int status, String type, String body, Duration delay) {

        static Answer json(int status, String body) {
            return new Answer(status, "application/json", body, Duration.ZERO);
        }

        static Answer problem(int status, String code) {
            return new Answer(
                    status,
                    "application/problem+json",
                    "{\"status\":%d,\"code\":\"%s\"}".formatted(status, code),
                    Duration.ZERO);
        }

        Answer after(Duration wait) {
            return new Answer(status, type, body, wait);
        }
    }

    private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Function<Received, Answer>> behaviour = new AtomicReference<>();
    private final DisposableServer server;

    StubService() {
        reset();
        server = HttpServer.create().host("127.0.0.1").port(0).handle(this::handle).bindNow();
    }

    private Publisher<Void> handle(
            reactor.netty.http.server.HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asString()
                .defaultIfEmpty("")
                .flatMap(body -> {
                    var seen =
                            new Received(
                                    request.method().name(),
                                    request.uri(),
                                    request.requestHeaders().copy(),
                                    body);
                    received.add(seen);
                    if (request.uri().matches("/(checkout|v2/spotpay/sessions)/.*")
                            && request.uri().endsWith("/events")) {
                        return stream(response);
                    }
                    var answer = behaviour.get().apply(seen);
                    if (answer == null) {
                        request.withConnection(reactor.netty.DisposableChannel::dispose);
                        return Mono.never();
                    }
                    return Mono.delay(answer.delay())
                            .then(
                                    response.status(answer.status())
                                            .header("Content-Type", answer.type())
                                            .header("Server", "Stub/1.0")
                                            .header("X-Powered-By", "stubs")
                                            .sendString(Mono.just(answer.body()))
                                            .then());
                });
    }

    private static Mono<Void> stream(HttpServerResponse response) {
        var events =
                Flux.interval(Duration.ZERO, Duration.ofMillis(300))
                        .take(100)
                        .map(i -> "id:" + i + "\nevent:state\ndata:{}\n\n");
        return response.sse().sendString(events, java.nio.charset.StandardCharsets.UTF_8).then();
    }

    /** Null closes the connection without an answer. */
    void answers(Function<Received, Answer> how) {
        behaviour.set(how);
    }

    void answersInTurn(Answer... answers) {
        Deque<Answer> turns = new ArrayDeque<>(List.of(answers));
        behaviour.set(_ -> {
            synchronized (turns) {
                return turns.size() > 1 ? turns.poll() : turns.peek();
            }
        });
    }

    void reset() {
        received.clear();
        behaviour.set(_ -> Answer.json(200, "{\"object\":\"stub\"}"));
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    Received only() {
        var all = received();
        if (all.size() != 1) {
            throw new AssertionError("Expected one request, got " + all);
        }
        return all.getFirst();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
