package io.ferrypay.paymentchannel.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlatformCertificatesTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final TestCertificate OLD =
            TestCertificate.create("0A01", START.minusSeconds(60), START.plus(Duration.ofDays(1)));
    private static final TestCertificate NEW =
            TestCertificate.create("0B02", START.minusSeconds(60), START.plus(Duration.ofDays(9)));

    private final MovableClock clock = new MovableClock(START);
    private final AtomicInteger downloads = new AtomicInteger();
    private volatile List<TestCertificate> offered = List.of(OLD);
    private volatile boolean broken;
    private final PlatformCertificates certificates =
            new PlatformCertificates("a", this::download, clock, Duration.ofSeconds(5));

    private Collection<X509Certificate> download() {
        downloads.incrementAndGet();
        if (broken) {
            throw new IllegalStateException("broken");
        }
        return offered.stream().map(TestCertificate::certificate).toList();
    }

    @Test
    void nothing_is_fetched_before_it_is_needed_and_then_once() {
        assertThat(downloads).hasValue(0);

        assertThat(certificates.getCertificate("0A01")).isEqualTo(OLD.certificate());
        assertThat(certificates.getCertificate("a01")).isEqualTo(OLD.certificate());
        assertThat(certificates.getAvailableCertificate()).isEqualTo(OLD.certificate());
        assertThat(downloads).hasValue(1);
    }

    @Test
    void an_unknown_serial_causes_one_download_a_minute_at_most() {
        certificates.getAvailableCertificate();
        offered = List.of(OLD, NEW);

        assertThat(certificates.getCertificate("B02")).isNull();
        assertThat(downloads).hasValue(1);

        clock.now = START.plus(PlatformCertificates.PAUSE_AFTER_SUCCESS);
        assertThat(certificates.getCertificate("B02")).isEqualTo(NEW.certificate());
        assertThat(certificates.getCertificate("C03")).isNull();
        assertThat(downloads).hasValue(2);
    }

    @Test
    void what_is_no_serial_causes_nothing() {
        assertThat(certificates.getCertificate("PUB_KEY_ID_01")).isNull();
        assertThat(certificates.getCertificate("")).isNull();
        assertThat(certificates.getCertificate("F".repeat(65))).isNull();
        assertThat(downloads).hasValue(0);
    }

    @Test
    void the_longest_living_certificate_names_the_key_for_answers() {
        offered = List.of(NEW, OLD);

        assertThat(certificates.getAvailableCertificate()).isEqualTo(NEW.certificate());
        assertThat(certificates.getCertificate("A01")).isEqualTo(OLD.certificate());
    }

    @Test
    void they_are_refreshed_beside_the_caller_before_twelve_hours_have_passed() {
        certificates.getAvailableCertificate();
        offered = List.of(OLD, NEW);
        clock.now = START.plus(PlatformCertificates.REFRESH_AFTER).plusSeconds(1);

        certificates.getAvailableCertificate();

        await().untilAsserted(() ->
                assertThat(certificates.getAvailableCertificate()).isEqualTo(NEW.certificate()));
        assertThat(downloads).hasValue(2);
        assertThat(PlatformCertificates.REFRESH_AFTER).isLessThan(Duration.ofHours(12));
    }

    @Test
    void a_failed_refresh_leaves_the_known_ones_in_use() {
        certificates.getAvailableCertificate();
        broken = true;
        clock.now = START.plus(Duration.ofHours(13));

        certificates.getAvailableCertificate();

        await().until(() -> downloads.get() == 2);
        assertThat(certificates.getCertificate("A01")).isEqualTo(OLD.certificate());
    }

    @Test
    void an_expired_certificate_verifies_nothing() {
        certificates.getAvailableCertificate();
        clock.now = START.plus(Duration.ofDays(2));

        assertThat(certificates.getCertificate("A01")).isNull();
        assertThatThrownBy(certificates::getAvailableCertificate)
                .isInstanceOf(PlatformKeyUnavailable.class);
    }

    @Test
    void without_any_certificate_the_next_try_comes_soon_but_not_at_once() {
        broken = true;
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(certificates::getAvailableCertificate)
                    .isInstanceOf(PlatformKeyUnavailable.class)
                    .hasRootCauseMessage("broken");
        }
        assertThat(downloads).hasValue(1);

        broken = false;
        clock.now = START.plus(PlatformCertificates.PAUSE_AFTER_FAILURE);
        assertThat(certificates.getAvailableCertificate()).isEqualTo(OLD.certificate());
    }

    @Test
    void callers_that_come_together_share_one_download()
            throws InterruptedException, ExecutionException {
        var together = new CountDownLatch(16);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, 16)
                            .mapToObj(_ ->
                                    threads.submit(() -> {
                                        together.countDown();
                                        together.await();
                                        return certificates.getCertificate("A01");
                                    }))
                            .toList();
            for (Future<X509Certificate> answer : answers) {
                assertThat(answer.get()).isEqualTo(OLD.certificate());
            }
        }

        assertThat(downloads).hasValue(1);
    }

    static final class MovableClock extends Clock {

        volatile Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
