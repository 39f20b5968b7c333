package io.ferrypay.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

class ServiceInstancesTest {

    private static final ServiceInstance ONE = instance(1);
    private static final ServiceInstance TWO = instance(2);

    private final List<ServiceInstance> registered = new ArrayList<>(List.of(ONE, TWO));
    private final AtomicLong nanos = new AtomicLong();
    private final ServiceInstances instances = new ServiceInstances(registry(), nanos::get);

    @Test
    void instances_take_turns() {
        assertThat(next(4)).containsExactly(ONE, TWO, ONE, TWO);
    }

    @Test
    void one_nobody_can_connect_to_is_passed_over_for_ten_seconds() {
        instances.passOver(ONE);

        assertThat(next(4)).containsOnly(TWO);

        pass(Duration.ofSeconds(10));
        assertThat(next(4)).contains(ONE, TWO);
    }

    @Test
    void when_all_are_passed_over_they_are_tried_anyway() {
        instances.passOver(ONE);
        instances.passOver(TWO);

        assertThat(next(2)).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void what_left_the_registry_is_gone_within_a_quarter_second() {
        assertThat(next(2)).contains(ONE);
        registered.remove(ONE);

        pass(Duration.ofMillis(250));

        assertThat(next(4)).containsOnly(TWO);
    }

    @Test
    void an_empty_registry_is_not_believed_for_a_minute() {
        assertThat(next(2)).contains(ONE);
        registered.clear();

        pass(Duration.ofSeconds(59));
        assertThat(next(2)).contains(ONE, TWO);

        pass(Duration.ofSeconds(1));
        assertThat(instances.next("service")).isNull();
    }

    @Test
    void an_unknown_service_has_nobody() {
        registered.clear();

        assertThat(instances.next("service")).isNull();
    }

    private List<ServiceInstance> next(int times) {
        var chosen = new ArrayList<ServiceInstance>();
        for (var i = 0; i < times; i++) {
            chosen.add(instances.next("service"));
        }
        return chosen;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private DiscoveryClient registry() {
        return new DiscoveryClient() {
            @Override
            public String description() {
                return "test";
            }

            @Override
            public List<ServiceInstance> getInstances(String serviceId) {
                return List.copyOf(registered);
            }

            @Override
            public List<String> getServices() {
                return List.of("service");
            }
        };
    }

    private static ServiceInstance instance(int port) {
        return new DefaultServiceInstance("i" + port, "service", "127.0.0.1", port, false);
    }
}
