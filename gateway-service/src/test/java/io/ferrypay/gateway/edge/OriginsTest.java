package io.ferrypay.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.util.unit.DataSize;

class OriginsTest {

    private final Origins behindProxy = origins("10.0.0.0/8");

    @Test
    void a_stranger_is_not_believed() {
        var origin = behindProxy.of(from("203.0.113.9", "1.2.3.4", "https"));

        assertThat(origin.address().getHostAddress()).isEqualTo("203.0.113.9");
        assertThat(origin.secure()).isFalse();
    }

    @Test
    void our_proxy_tells_who_came() {
        var origin = behindProxy.of(from("10.0.0.7", "203.0.113.9", "https"));

        assertThat(origin.address().getHostAddress()).isEqualTo("203.0.113.9");
        assertThat(origin.secure()).isTrue();
    }

    @Test
    void only_the_part_our_proxies_wrote_counts() {
        var origin = behindProxy.of(from("10.0.0.7", "1.2.3.4, 203.0.113.9, 10.0.0.8", "http"));

        assertThat(origin.address().getHostAddress()).isEqualTo("203.0.113.9");
    }

    @Test
    void nonsense_in_the_header_leaves_the_last_known_hop() {
        var origin = behindProxy.of(from("10.0.0.7", "1.2.3.4, evil.example", "http"));

        assertThat(origin.address().getHostAddress()).isEqualTo("10.0.0.7");
    }

    @Test
    void without_proxies_of_our_own_nobody_is_believed() {
        var origin = origins().of(from("10.0.0.7", "203.0.113.9", "https"));

        assertThat(origin.address().getHostAddress()).isEqualTo("10.0.0.7");
    }

    private static Origins origins(String... proxies) {
        return new Origins(
                new EdgeProperties(
                        List.of(proxies),
                        DataSize.ofKilobytes(64),
                        DataSize.ofMegabytes(10),
                        Duration.ofSeconds(1),
                        List.of(),
                        new EdgeProperties.Timeouts(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1))));
    }

    private static MockServerHttpRequest from(String peer, String forwardedFor, String proto) {
        return MockServerHttpRequest.get("/")
                .remoteAddress(new InetSocketAddress(peer, 4711))
                .header("X-Forwarded-For", forwardedFor)
                .header("X-Forwarded-Proto", proto)
                .build();
    }
}
