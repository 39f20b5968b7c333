package io.ferrypay.gateway.upstream;

import io.ferrypay.gateway.door.Door;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Says whether every service behind a door is there. It is a group of its own, not part of
 * readiness: one missing service must not take the whole gateway away.
 */
@Component("routes")
class RoutesHealth extends AbstractHealthIndicator {

    private static final List<String> SERVICES =
            Arrays.stream(Door.values())
                    .map(Door::service)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();

    private final ServiceInstances instances;

    RoutesHealth(ServiceInstances instances) {
        super("The registry's copy could not be read");
        this.instances = instances;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        for (var service : SERVICES) {
            var count = instances.instances(service).size();
            health.withDetail(service, count);
            if (count == 0) {
                health.outOfService();
            }
        }
    }
}
