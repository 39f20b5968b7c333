package io.ferrypay.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:1::7, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true"
    })
    void it_contains_what_shares_its_prefix(String network, String address, boolean inside) {
        assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "localhost", "10.0.0/x", "::/129"})
    void nonsense_is_not_a_network(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text));
    }

    @Test
    void an_ipv6_subscriber_is_counted_as_one() {
        assertThat(subject("2001:db8:0:1::7")).isEqualTo(subject("2001:db8:0:1:ffff::1"));
        assertThat(subject("2001:db8:0:1::7")).isNotEqualTo(subject("2001:db8:0:2::7"));
        assertThat(subject("192.0.2.1")).isEqualTo("192.0.2.1");
    }

    private static String subject(String address) {
        return new Origin(InetAddress.ofLiteral(address), false).subject();
    }
}
