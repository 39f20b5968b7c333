package io.ferrypay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.testkit.TestPostgres;
import io.ferrypay.testkit.TestSchema;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaymentJobsTest {
    private static final String QUERY_OFTEN = "ferry.jobs.query-pending-payments=200ms";
    private static final String NO_EXPIRY = "ferry.jobs.expire-unpaid-payments=1h";

    @TempDir static Path keys;

    private final TestSchema schema = TestPostgres.schema("job");
    private PretendPaymentChannel paymentChannel;

    @BeforeAll
    static void generateKeys() {
        RunningJobService.generateKeys(keys);
    }

    @BeforeEach
    void open() throws Exception {
        paymentChannel = new PretendPaymentChannel();
    }

    @AfterEach
    void close() {
        paymentChannel.close();
    }

    @Test
    void the_jobs_are_ordered_by_name_with_a_token_for_the_one_who_does_them() throws Exception {
        try (var _ = start("ferry.jobs.limit=77")) {
            await().atMost(Duration.ofSeconds(15))
                    .until(() ->
                            paymentChannel.calls(PretendPaymentChannel.QUERY) > 0
                                    && paymentChannel.calls(PretendPaymentChannel.EXPIRE) > 0
                                    && paymentChannel.calls(PretendPaymentChannel.REFUNDS) > 0);

            var request = paymentChannel.last;
            assertThat(request.getMethod()).isEqualTo("POST");
            assertThat(request.getBody().utf8()).isEqualTo("{\"limit\":77}");
            var claims =
                    SignedJWT.parse(
                                    request.getHeaders()
                                            .get("Authorization")
                                            .substring("Bearer ".length()))
                            .getJWTClaimsSet();
            assertThat(claims.getAudience()).containsExactly("payment-channel-service");
            assertThat(claims.getIssuer()).isEqualTo("job-service");
        }
    }

    @Test
    void a_failing_target_is_left_alone_and_taken_up_again_when_it_recovers() {
        paymentChannel.status = 503;
        try (var service =
                start(
                        QUERY_OFTEN,
                        NO_EXPIRY,
                        "ferry.jobs.breaker.calls=4",
                        "ferry.jobs.breaker.pause=2s")) {
            await().atMost(Duration.ofSeconds(15)).until(() -> runs(service, "skipped") >= 3);
            var calls = paymentChannel.calls(PretendPaymentChannel.QUERY);
            // ten and more runs were due since; only trial calls came through
            await().atMost(Duration.ofSeconds(15)).until(() -> runs(service, "skipped") >= 13);
            assertThat(paymentChannel.calls(PretendPaymentChannel.QUERY)).isLessThan(calls + 4);
            assertThat(lastSuccess(service)).isZero();

            paymentChannel.status = 200;

            await().atMost(Duration.ofSeconds(15)).until(() -> runs(service, "succeeded") >= 5);
            assertThat(Instant.ofEpochSecond(lastSuccess(service)))
                    .isAfter(Instant.now().minusSeconds(30));
        }
    }

    @Test
    void a_target_that_hangs_is_given_up_in_time() {
        paymentChannel.takes = Duration.ofSeconds(5);
        try (var service = start(QUERY_OFTEN, NO_EXPIRY, "ferry.jobs.timeouts.read=300ms")) {
            await().atMost(Duration.ofSeconds(10)).until(() -> runs(service, "failed") >= 2);
        }
    }

    @Test
    void a_full_batch_is_followed_by_another_up_to_the_bound() {
        paymentChannel.examined = 10;
        try (var service =
                start(
                        "ferry.jobs.query-pending-payments=1h",
                        NO_EXPIRY,
                        "ferry.jobs.limit=10",
                        "ferry.jobs.rounds=4")) {
            await().atMost(Duration.ofSeconds(15)).until(() -> runs(service, "succeeded") == 1);

            assertThat(paymentChannel.calls(PretendPaymentChannel.QUERY)).isEqualTo(4);
            assertThat(
                            service.bean(MeterRegistry.class)
                                    .get("ferry.job.payments")
                                    .tag("job", "QueryPendingPayments")
                                    .tag("result", "examined")
                                    .counter()
                                    .count())
                    .isEqualTo(40);
        }
    }

    @Test
    void the_service_is_healthy_and_otherwise_closed() throws Exception {
        try (var service = start(NO_EXPIRY);
                var http = HttpClient.newHttpClient()) {
            assertThat(status(http, service, "/actuator/health/readiness")).isEqualTo(200);
            assertThat(status(http, service, "/actuator/health/liveness")).isEqualTo(200);
            assertThat(status(http, service, "/actuator/quartz")).isNotEqualTo(200);
            assertThat(status(http, service, "/internal/anything")).isEqualTo(401);
        }
    }

    private RunningJobService start(String... settings) {
        return RunningJobService.start(schema, keys, paymentChannel.url(), settings);
    }

    private static long runs(RunningJobService service, String outcome) {
        var timer =
                service.bean(MeterRegistry.class)
                        .find("ferry.job.runs")
                        .tag("job", "QueryPendingPayments")
                        .tag("outcome", outcome)
                        .timer();
        return timer == null ? 0 : timer.count();
    }

    private static long lastSuccess(RunningJobService service) {
        var gauge = service.bean(MeterRegistry.class).find("ferry.job.last.success").gauge();
        return gauge == null ? 0 : (long) gauge.value();
    }

    private static int status(HttpClient http, RunningJobService service, String path)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                        .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }
}
