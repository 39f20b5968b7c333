package io.ferrypay.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.stereotype.Component;

/**
 * The instances of each service, in turn. It reads the registry's local copy (no network) and adds
 * two things the registry can't know: an instance nobody can connect to is passed over for a while,
 * and when the registry suddenly knows nobody, the last known instances are kept for a minute,
 * because then it is more likely the registry that is ill.
 */
@Component
class ServiceInstances {

    private static final long FRESH = Duration.ofMillis(250).toNanos();
    private static final long PASSED_OVER = Duration.ofSeconds(10).toNanos();
    private static final long KEPT_WHEN_EMPTY = Duration.ofSeconds(60).toNanos();

    private record Known(List<ServiceInstance> instances, long readAt, long listedAt) {}

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Long> passedOverUntil = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final DiscoveryClient registry;
    private final LongSupplier nanoTime;

    @Autowired
    ServiceInstances(DiscoveryClient registry) {
        this(registry, System::nanoTime);
    }

    ServiceInstances(DiscoveryClient registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    /** The instance whose turn it is, or null when the service has none. */
    @Nullable ServiceInstance next(String service) {
        var instances = instances(service);
        if (instances.isEmpty()) {
            return null;
        }
        var first = Math.floorMod(turn.getAndIncrement(), instances.size());
        for (var i = 0; i < instances.size(); i++) {
            var candidate = instances.get((first + i) % instances.size());
            if (!isPassedOver(candidate)) {
                return candidate;
            }
        }
        return instances.get(first);
    }

    List<ServiceInstance> instances(String service) {
        var now = nanoTime.getAsLong();
        var current = known.get(service);
        if (current != null && now - current.readAt() < FRESH) {
            return current.instances();
        }
        var listed = List.copyOf(registry.getInstances(service));
        var next =
                listed.isEmpty() && current != null && now - current.listedAt() < KEPT_WHEN_EMPTY
                        ? new Known(current.instances(), now, current.listedAt())
                        : new Known(listed, now, now);
        known.put(service, next);
        return next.instances();
    }

    /** Nobody answers at this instance's address. */
    void passOver(ServiceInstance instance) {
        var now = nanoTime.getAsLong();
        passedOverUntil.values().removeIf(until -> now - until >= 0);
        passedOverUntil.put(place(instance), now + PASSED_OVER);
    }

    private boolean isPassedOver(ServiceInstance instance) {
        if (passedOverUntil.isEmpty()) {
            return false;
        }
        var until = passedOverUntil.get(place(instance));
        return until != null && nanoTime.getAsLong() - until < 0;
    }

    private static String place(ServiceInstance instance) {
        return instance.getHost() + ":" + instance.getPort();
    }
}
