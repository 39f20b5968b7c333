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
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaymentJobsTest {
    private static final String QUERY = "QueryPendingPayments";
    private static final String EXPIRE = "ExpireUnpaidPayments";
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
                                    && paymentChannel.calls(PretendPaymentChannel.REFUNDS) > 0
                                    && paymentChannel.calls(PretendPaymentChannel.STATEMENTS) > 0);

            isAnOrderTo("payment-channel-service", paymentChannel.last);
            isAnOrderTo("reconcile-service", paymentChannel.lastOfStatements);
        }
    }

    private static void isAnOrderTo(String service, RecordedRequest request) throws Exception {
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getBody().utf8()).isEqualTo("{\"limit\":77}");
        var claims =
                SignedJWT.parse(
                                request.getHeaders()
                                        .get("Authorization")
                                        .substring("Bearer ".length()))
                        .getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly(service);
        assertThat(claims.getIssuer()).isEqualTo("job-service");
    }

    @Test
    void the_books_are_looked_after_by_their_own_service() throws Exception {
        try (var _ =
                start(
                        "ferry.jobs.settle-channel-days=1s",
                        "ferry.jobs.cut-withdrawal-batches=1s",
                        "ferry.jobs.run-withdrawal-schedules=1s")) {
            await().atMost(Duration.ofSeconds(15))
                    .until(() ->
                            paymentChannel.calls(PretendPaymentChannel.SETTLE) > 0
                                    && paymentChannel.calls(PretendPaymentChannel.CUT) > 0
                                    && paymentChannel.calls(PretendPaymentChannel.SCHEDULES) > 0);

            var claims =
                    SignedJWT.parse(
                                    paymentChannel
                                            .lastOfBooks
                                            .getHeaders()
                                            .get("Authorization")
                                            .substring("Bearer ".length()))
                            .getJWTClaimsSet();
            assertThat(claims.getAudience()).containsExactly("trade-admin-service");
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
    void one_job_that_keeps_failing_does_not_hold_up_the_other() {
        paymentChannel.broken = PretendPaymentChannel.QUERY;
        try (var service =
                start(
                        QUERY_OFTEN,
                        "ferry.jobs.expire-unpaid-payments=200ms",
                        "ferry.jobs.breaker.calls=4",
                        "ferry.jobs.breaker.pause=1h")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> runs(service, "skipped") >= 3);
            var before = runs(service, EXPIRE, "succeeded");

            await().atMost(Duration.ofSeconds(15))
                    .until(() -> runs(service, EXPIRE, "succeeded") >= before + 5);

            assertThat(runs(service, EXPIRE, "skipped")).isZero();
        }
    }

    @Test
    void a_call_asks_for_few_so_that_it_is_answered_long_before_we_give_up() {
        try (var _ = start(QUERY_OFTEN, NO_EXPIRY)) {
            await().atMost(Duration.ofSeconds(15)).until(() -> paymentChannel.last != null);

            assertThat(paymentChannel.last.getBody().utf8()).isEqualTo("{\"limit\":8}");
        }
    }

    @Test
    void a_run_goes_on_while_there_is_more_and_ends_when_its_time_is_over() {
        paymentChannel.examined = 10;
        paymentChannel.takes = Duration.ofMillis(50);
        try (var service =
                start(
                        "ferry.jobs.query-pending-payments=1h",
                        NO_EXPIRY,
                        "ferry.jobs.limit=10",
                        "ferry.jobs.budget=1s")) {
            await().atMost(Duration.ofSeconds(15)).until(() -> runs(service, "succeeded") == 1);

            // More than a fixed few, and no more than fit into the second.
            var calls = paymentChannel.calls(PretendPaymentChannel.QUERY);
            assertThat(calls).isBetween(6, 21);
            assertThat(
                            service.bean(MeterRegistry.class)
                                    .get("ferry.job.payments")
                                    .tag("job", QUERY)
                                    .tag("result", "examined")
                                    .counter()
                                    .count())
                    .isEqualTo(10.0 * calls);
        }
    }

    @Test
    void a_silent_channel_s_payments_do_not_keep_the_others_waiting_nor_are_they_asked_for_ever() {
        paymentChannel.examined = 10;
        paymentChannel.unknown = 10;
        try (var service =
                start("ferry.jobs.query-pending-payments=1h", NO_EXPIRY, "ferry.jobs.limit=10")) {
            await().atMost(Duration.ofSeconds(15)).until(() -> runs(service, "succeeded") == 1);

            assertThat(paymentChannel.calls(PretendPaymentChannel.QUERY)).isEqualTo(3);
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
        return runs(service, QUERY, outcome);
    }

    private static long runs(RunningJobService service, String job, String outcome) {
        var timer =
                service.bean(MeterRegistry.class)
                        .find("ferry.job.runs")
                        .tag("job", job)
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
