package io.ferrypay.gateway.access;

import com.github.f4b6a3.ulid.Ulid;
import io.ferrypay.gateway.door.Door;
import io.ferrypay.gateway.edge.RequestRecorder;
import io.ferrypay.gateway.edge.Visit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What merchants' API keys asked for, handed to merchant-service for their developers to look at:
 * method, path, status, time taken; no query, no body, no address. Nobody waits for it: what does
 * not fit into the queue, or can't be handed over three times, is dropped and counted.
 */
@Component
class RequestLog implements RequestRecorder, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RequestLog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Fits into the body that services take. */
    private static final int MOST_AT_ONCE = 200;

    private static final int MOST_BATCHES = 50;
    private static final int MOST_TRIES = 3;

    /** A word of the API; one that is missing here is only not told. */
    private static final String WORD =
            "v2|payments|by-reference|refunds|payment_statistics|fx|rates|rate_history|quotes|exports"
                    + "|content|api_keys|request_log|merchant|stores|static_codes|limits|qr\\.svg"
                    + "|qr\\.png|devices|cashiers|spotpay|charges|webhook_endpoints|webhook_secret"
                    + "|webhook_public_keys|events|deliveries|wechat_bindings|wechat_messages";

    /** A word or an id of ours, with an action; whatever else is in a path is not told. */
    private static final Pattern PLAIN =
            Pattern.compile("(" + WORD + "|[a-z]{1,8}_[0-9A-HJKMNP-TV-Z]{26})(:[a-z_]{1,20})?");

    private static final String BY_REFERENCE = "by-reference";
    private static final String UNTOLD = "…";

    /** A request that is over. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Entry(
            String requestId,
            Instant at,
            String keyId,
            String method,
            String path,
            int status,
            int millis) {}

    record Batch(List<Entry> requests) {}

    private final BlockingQueue<Entry> waiting;
    private final Counter dropped;
    private final WebClient merchantService;
    private final InternalTokens tokens;
    private final Duration every;

    /** Only ever touched by the one batch that is on its way. */
    private List<Entry> batch = List.of();

    private int tries;
    private volatile @Nullable Disposable running;

    RequestLog(
            ReactorLoadBalancerExchangeFilterFunction loadBalanced,
            InternalTokens tokens,
            MeterRegistry metrics,
            @Value("${ferry.gateway.request-log.queue:10000}") int queue,
            @Value("${ferry.gateway.request-log.every:1s}") Duration every) {
        this.waiting = new ArrayBlockingQueue<>(queue);
        this.dropped =
                Counter.builder("ferry.gateway.request-log.dropped")
                        .description("Requests that are missing in merchants' request logs")
                        .register(metrics);
        this.tokens = tokens;
        this.every = every;
        var connections =
                ConnectionProvider.builder("request-log")
                        .maxConnections(2)
                        .pendingAcquireTimeout(PATIENCE)
                        .maxIdleTime(Duration.ofSeconds(15))
                        .build();
        this.merchantService =
                WebClient.builder()
                        .baseUrl("http://merchant-service")
                        .clientConnector(
                                new ReactorClientHttpConnector(
                                        HttpClient.create(connections)
                                                .option(
                                                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                                        1000)))
                        .filter(loadBalanced)
                        .build();
    }

    @Override
    public void answered(Visit visit, @Nullable HttpStatusCode status, long elapsedNanos) {
        if (visit.leadsNowhere()
                || visit.address().entry() != Door.Entry.API_KEY
                || !visit.isIdentified()) {
            return;
        }
        var entry =
                new Entry(
                        visit.requestId(),
                        Ulid.from(visit.requestId().substring("req_".length())).getInstant(),
                        visit.keyId(),
                        visit.method(),
                        told(visit.address().path()),
                        status == null ? 499 : status.value(),
                        (int)
                                Math.min(
                                        Integer.MAX_VALUE,
                                        TimeUnit.NANOSECONDS.toMillis(elapsedNanos)));
        if (!waiting.offer(entry)) {
            dropped.increment();
        }
    }

    /** A path without what a caller put into it: references of orders, or what is in no path. */
    static String told(String path) {
        var told = new StringBuilder(path.length());
        var reference = false;
        for (var segment : path.substring(1).split("/", -1)) {
            told.append('/')
                    .append(!reference && PLAIN.matcher(segment).matches() ? segment : UNTOLD);
            if (reference) {
                break; // A reference may hold slashes.
            }
            reference = segment.equals(BY_REFERENCE);
        }
        return told.length() > 200 ? told.substring(0, 200) : told.toString();
    }

    /** Hands over what waits, batch after batch. */
    Mono<Void> send() {
        return sendBatch()
                .expand(more -> more ? sendBatch() : Mono.empty())
                .take(MOST_BATCHES)
                .then();
    }

    /** Whether it is worth going on at once. */
    private Mono<Boolean> sendBatch() {
        return Mono.defer(() -> {
            if (batch.isEmpty()) {
                var next = new ArrayList<Entry>();
                waiting.drainTo(next, MOST_AT_ONCE);
                batch = next;
                tries = 0;
            }
            if (batch.isEmpty()) {
                return Mono.just(false);
            }
            var full = batch.size() == MOST_AT_ONCE;
            return merchantService
                    .post()
                    .uri("/internal/request-log")
                    .headers(headers -> headers.setBearerAuth(tokens.forMerchantService()))
                    .bodyValue(new Batch(batch))
                    .retrieve()
                    .toBodilessEntity()
                    .timeout(PATIENCE)
                    .map(_ -> {
                        batch = List.of();
                        return full;
                    })
                    .onErrorResume(failure -> {
                        tries++;
                        if (tries >= MOST_TRIES) {
                            log.warn(
                                    "{} requests are missing in request logs: {}",
                                    batch.size(),
                                    failure.getClass().getSimpleName());
                            dropped.increment(batch.size());
                            batch = List.of();
                        }
                        return Mono.just(false);
                    });
        });
    }

    @Override
    public void start() {
        running = Flux.interval(every).onBackpressureDrop().concatMap(_ -> send(), 1).subscribe();
    }

    /** What waits is lost with the process; nobody's money depends on it. */
    @Override
    public void stop() {
        var interval = running;
        if (interval != null) {
            interval.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
