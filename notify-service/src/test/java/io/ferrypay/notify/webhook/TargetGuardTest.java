package io.ferrypay.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetGuardTest {

    private static final InetAddress PUBLIC = InetAddress.ofLiteral("1.1.1.1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.255.255.254/",
                "http://0.0.0.0/",
                "http://10.1.2.3/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.1.1/",
                "http://192.0.0.8/",
                "http://198.18.0.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://[::1]/",
                "http://[::]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[fc00::1]/",
                "http://[fd12:3456::1]/",
                "http://[fe80::1]/",
                "http://[ff02::1]/",
                "http://[2002:7f00:1::]/",
                "http://[2001:0:7f00:1::]/",
                "http://[2001:db8::1]/",
                "http://localhost/",
                "http://LOCALHOST:8080/",
                "http://2130706433/",
                "http://127.1/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com/",
                "http:///hooks",
                "http://",
                "//example.com/",
                "hooks",
                "",
                "http://user:secret@1.1.1.1/",
                "http://1.1.1.1/#fragment",
                "http://1.1.1.1:22/",
                "http://1.1.1.1:25/",
                "http://1.1.1.1:65536/",
                "http://1.1.1.1:99999/",
                "http://1.1.1.1\\@127.0.0.1/",
                "http://1.1.1.1 /",
                "http://%31%32%37.0.0.1/",
                "http://１２７.0.0.1/"
            })
    void what_is_not_public_or_no_web_address_is_refused(String url) {
        assertThat(guard(Dns.SYSTEM).refuse(url, false)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://1.1.1.1/",
                "https://1.1.1.1:8443/hooks?shop=1",
                "https://1.1.1.1:65535/",
                "http://172.32.0.1/",
                "http://100.128.0.1/",
                "http://[2606:4700:4700::1111]/"
            })
    void what_is_public_is_allowed(String url) {
        assertThat(guard(Dns.SYSTEM).refuse(url, false)).isEmpty();
    }

    @Test
    void what_the_client_itself_can_not_read_is_refused() {
        var label = "a".repeat(64);

        assertThat(guard(_ -> List.of(PUBLIC)).refuse("http://" + label + ".example/", false))
                .isPresent();
    }

    @Test
    void in_live_mode_only_https_will_do() {
        assertThat(guard(Dns.SYSTEM).refuse("http://1.1.1.1/", true)).isPresent();
        assertThat(guard(Dns.SYSTEM).refuse("https://1.1.1.1/", true)).isEmpty();
    }

    @Test
    void one_private_address_among_public_ones_is_enough_to_refuse() {
        Dns mixed = _ -> List.of(PUBLIC, InetAddress.ofLiteral("10.0.0.1"));

        assertThat(guard(mixed).refuse("http://shop.example/", false)).isPresent();
    }

    @Test
    void a_name_that_turns_private_after_it_was_checked_is_not_connected_to() throws Exception {
        var answers =
                new ArrayDeque<>(
                        List.of(List.of(PUBLIC), List.of(InetAddress.ofLiteral("127.0.0.1"))));
        Dns rebinding = _ -> answers.pop();
        var guard = guard(rebinding);
        assertThat(guard.refuse("http://shop.example/", false)).isEmpty();

        // The client asks the same guard for the addresses it connects to.
        assertThatThrownBy(() -> guard.lookup("shop.example"))
                .isInstanceOf(TargetGuard.NotPublic.class);
    }

    @Test
    void a_name_nobody_knows_is_refused() {
        Dns nothing =
                host -> {
                    throw new UnknownHostException(host);
                };

        assertThat(guard(nothing).refuse("http://shop.example/", false)).isPresent();
    }

    @Test
    void development_may_allow_what_is_its_own_and_nothing_else() {
        var guard = new TargetGuard(settings(List.of("127.0.0.1/32")), Dns.SYSTEM);

        assertThat(guard.refuse("http://127.0.0.1:9000/", false)).isEmpty();
        assertThat(guard.refuse("http://127.0.0.2:9000/", false)).isPresent();
        assertThat(guard.refuse("http://169.254.169.254/", false)).isPresent();
    }

    private static TargetGuard guard(Dns names) {
        return new TargetGuard(settings(List.of()), names);
    }

    private static WebhookSettings settings(List<String> allowed) {
        return new WebhookSettings(
                allowed,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                1,
                1,
                Duration.ofSeconds(1),
                List.of(Duration.ZERO),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofSeconds(1));
    }
}
