package io.ferrypay.gateway.upstream;

import io.ferrypay.gateway.door.Door;
import io.ferrypay.gateway.edge.Visit;
import io.ferrypay.gateway.problem.GatewayProblem;
import io.ferrypay.gateway.problem.Refused;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientProperties.Pool.PoolType;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gives every request a place before it may have a connection to its service, and takes it back
 * when the answer has left or the caller has. Each door has places of its own, and those of one
 * service together are never more than its connections: however many requests are held open, a
 * short one that is let in finds a connection at once. Who holds many places is refused further
 * ones, so that one caller can't hold them all.
 */
@Component
class PlacesFilter implements GlobalFilter, Ordered {

    /** Outside the filter that writes the answer: a slow reader keeps a connection, too. */
    static final int ORDER = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;

    private static final Map<String, String> SOON = Map.of(HttpHeaders.RETRY_AFTER, "1");
    private static final Map<String, String> LATER = Map.of(HttpHeaders.RETRY_AFTER, "5");

    private final Map<Door, Places> doors = new EnumMap<>(Door.class);
    private final PlacesByHolder heldByAddress;
    private final PlacesByHolder heldByLink;
    private final PlacesByHolder heldByKey;
    private final PlacesByHolder filesByMerchant;
    private final PlacesByHolder uploadsByAddress;
    private final PlacesByHolder openByAddress;

    PlacesFilter(PlaceProperties properties, HttpClientProperties client, MeterRegistry metrics) {
        refuseIfTooFew(client.getPool(), properties);
        this.heldByAddress = new PlacesByHolder("Your address", properties.heldPerAddress());
        this.heldByLink = new PlacesByHolder("This link", properties.heldPerLink());
        this.heldByKey = new PlacesByHolder("This API key", properties.heldPerKey());
        this.filesByMerchant = new PlacesByHolder("This merchant", properties.filesPerMerchant());
        this.uploadsByAddress = new PlacesByHolder("Your address", properties.uploadsPerAddress());
        this.openByAddress = new PlacesByHolder("Your address", properties.openPerAddress());
        properties
                .doors()
                .forEach((door, most) -> {
                    var places = new Places(most);
                    doors.put(door, places);
                    Gauge.builder("ferry.gateway.places.taken", places, Places::taken)
                            .description("Requests under way by door")
                            .tag("door", door.name())
                            .strongReference(true)
                            .register(metrics);
                });
    }

    private static void refuseIfTooFew(HttpClientProperties.Pool pool, PlaceProperties places) {
        if (pool.getType() != PoolType.FIXED) {
            throw new IllegalStateException("Connections must be limited");
        }
        Arrays.stream(Door.values())
                .map(Door::service)
                .filter(Objects::nonNull)
                .distinct()
                .filter(service -> places.of(service) > pool.getMaxConnections())
                .findAny()
                .ifPresent(service -> {
                    throw new IllegalStateException(
                            "The doors of %s have %d places, but it has %d connections"
                                    .formatted(
                                            service, places.of(service), pool.getMaxConnections()));
                });
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var visit = Visit.of(exchange);
        return Mono.using(() -> enter(visit), _ -> chain.filter(exchange), Runnable::run);
    }

    /**
     * @return what to do when the request is over
     */
    private Runnable enter(Visit visit) {
        var door = visit.address().door();
        var holders = holders(visit, door);
        for (var i = 0; i < holders.size(); i++) {
            if (!holders.get(i).take()) {
                holders.subList(0, i).forEach(Holder::free);
                throw tooMany(holders.get(i), door);
            }
        }
        var places = Objects.requireNonNull(doors.get(door));
        if (!places.take()) {
            holders.forEach(Holder::free);
            throw new Refused(
                    GatewayProblem.SERVICE_UNAVAILABLE,
                    "Too many requests are waiting for this service.",
                    isHeld(door) ? LATER : SOON);
        }
        return () -> {
            places.free();
            holders.forEach(Holder::free);
        };
    }

    private List<Holder> holders(Visit visit, Door door) {
        return switch (door.patience()) {
            case ANSWER ->
                    door.entry() == Door.Entry.ANYONE
                            ? List.of(new Holder(openByAddress, visit.origin().subject()))
                            : List.of();
            case STREAM -> {
                var address = new Holder(heldByAddress, visit.origin().subject());
                var link = new Holder(heldByLink, link(visit));
                yield switch (door.entry()) {
                    case DEVICE -> List.of(address, link, new Holder(heldByKey, visit.keyId()));
                    case API_KEY, PORTAL_SESSION ->
                            List.of(address, link, new Holder(filesByMerchant, visit.merchantId()));
                    case STAFF_SESSION, ANYONE, ACQUIRER -> List.of(address, link);
                };
            }
            case UPLOAD -> List.of(new Holder(uploadsByAddress, visit.origin().subject()));
            case LONG_POLL ->
                    List.of(
                            new Holder(heldByAddress, visit.origin().subject()),
                            new Holder(heldByKey, visit.keyId()));
        };
    }

    private static String link(Visit visit) {
        var path = visit.address().path();
        // No link of ours needs an escape, but one link could be written in many ways with them.
        return path.indexOf('%') < 0 ? path : "%";
    }

    private static Refused tooMany(Holder holder, Door door) {
        var whose = holder.places().whose();
        return isHeld(door)
                ? new Refused(
                        GatewayProblem.TOO_MANY_WAITING,
                        whose + " holds as many requests open as it may.",
                        LATER)
                : new Refused(
                        GatewayProblem.RATE_LIMITED,
                        whose + " has as many requests under way as it may.",
                        SOON);
    }

    private static boolean isHeld(Door door) {
        return switch (door.patience()) {
            case ANSWER, UPLOAD -> false;
            case LONG_POLL, STREAM -> true;
        };
    }

    private record Holder(PlacesByHolder places, String name) {

        boolean take() {
            return places.take(name);
        }

        void free() {
            places.free(name);
        }
    }
}
