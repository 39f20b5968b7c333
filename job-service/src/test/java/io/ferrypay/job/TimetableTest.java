package io.ferrypay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.testkit.TestPostgres;
import io.ferrypay.testkit.TestSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.JobExecutionContext;
import org.quartz.SchedulerException;
import org.quartz.listeners.JobListenerSupport;
import org.springframework.jdbc.core.JdbcTemplate;

class TimetableTest {
    private static final String HOURLY = "ferry.jobs.query-pending-payments=1h";
    private static final String NO_EXPIRY = "ferry.jobs.expire-unpaid-payments=1h";

    @TempDir static Path keys;

    private final TestSchema schema = TestPostgres.schema("job");
    private final JdbcTemplate jdbc = new JdbcTemplate(schema.dataSource());
    private final PretendPaymentChannel paymentChannel = newPaymentChannel();

    @BeforeAll
    static void generateKeys() {
        RunningJobService.generateKeys(keys);
    }

    @AfterEach
    void close() {
        paymentChannel.close();
    }

    @Test
    void two_instances_never_run_one_firing_twice_and_either_carries_on_alone() throws Exception {
        paymentChannel.takes = Duration.ofMillis(60);
        var firings = new ConcurrentLinkedQueue<String>();
        var often =
                new String[] {
                    "ferry.jobs.query-pending-payments=150ms",
                    "ferry.jobs.expire-unpaid-payments=150ms"
                };
        // Quartz remembers one data source for each scheduler name in a JVM, the last one's, so
        // here
        // it is the first instance that can go while the other carries on.
        var first = start(often);
        try (var second = start(often)) {
            record(first, firings);
            record(second, firings);
            await().atMost(Duration.ofSeconds(30)).until(() -> firings.size() >= 60);
            assertThat(jdbc.queryForObject("select count(*) from qrtz_scheduler_state", Long.class))
                    .isEqualTo(2);

            first.close();

            var before = firings.size();
            await().atMost(Duration.ofSeconds(20)).until(() -> firings.size() >= before + 10);
        } finally {
            first.close();
        }
        assertThat(firings).doesNotHaveDuplicates();
        assertThat(paymentChannel.overlaps()).isZero();
    }

    @Test
    void the_schedule_survives_a_restart() throws Exception {
        start(HOURLY, NO_EXPIRY).close();
        jdbc.update("update qrtz_triggers set next_fire_time = next_fire_time + 1234567");
        var planned = nextFireTimes();
        assertThat(planned).hasSize(8);

        start(HOURLY, NO_EXPIRY).close();

        assertThat(nextFireTimes()).isEqualTo(planned);
    }

    @Test
    void a_changed_interval_is_taken_over_at_the_next_start() {
        start(HOURLY, NO_EXPIRY).close();

        start("ferry.jobs.query-pending-payments=2h", NO_EXPIRY).close();

        assertThat(
                        jdbc.queryForList(
                                """
                                select repeat_interval from qrtz_simple_triggers
                                 where trigger_name = 'QueryPendingPayments'
                                """,
                                Long.class))
                .containsExactly(Duration.ofHours(2).toMillis());
        assertThat(nextFireTimes()).hasSize(8);
    }

    @Test
    void a_job_that_no_longer_exists_is_taken_off_the_timetable() {
        start(HOURLY, NO_EXPIRY).close();
        jdbc.update(
                """
                insert into qrtz_job_details (sched_name, job_name, job_group, job_class_name,
                       is_durable, is_nonconcurrent, is_update_data, requests_recovery)
                values ('ferry', 'RetiredJob', 'ferry', 'io.ferrypay.job.RetiredJob',
                       true, true, false, false)
                """);

        start(HOURLY, NO_EXPIRY).close();

        assertThat(jdbc.queryForList("select job_name from qrtz_job_details", String.class))
                .containsExactlyInAnyOrder(
                        "QueryPendingPayments",
                        "ExpireUnpaidPayments",
                        "AdvanceRefunds",
                        "PullFxRates",
                        "SettleChannelDays",
                        "CutWithdrawalBatches",
                        "RunWithdrawalSchedules",
                        "ReconcileStatements");
    }

    @Test
    void runs_missed_while_nothing_was_up_are_not_made_up_for() throws Exception {
        var everySecond = "ferry.jobs.query-pending-payments=1s";
        start(everySecond, NO_EXPIRY).close();
        jdbc.update(
                """
                update qrtz_triggers set next_fire_time = next_fire_time - 3600000
                 where trigger_name = 'QueryPendingPayments'
                """);
        var before = paymentChannel.calls(PretendPaymentChannel.QUERY);

        try (var _ = start(everySecond, NO_EXPIRY)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> paymentChannel.calls(PretendPaymentChannel.QUERY) >= before + 3);
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> paymentChannel.calls(PretendPaymentChannel.QUERY) <= before + 12);
        }
    }

    private RunningJobService start(String... settings) {
        return RunningJobService.start(schema, keys, paymentChannel.url(), settings);
    }

    private List<Long> nextFireTimes() {
        return jdbc.queryForList(
                "select next_fire_time from qrtz_triggers order by trigger_name", Long.class);
    }

    private static void record(RunningJobService instance, Queue<String> firings)
            throws SchedulerException {
        instance.scheduler()
                .getListenerManager()
                .addJobListener(
                        new JobListenerSupport() {
                            @Override
                            public String getName() {
                                return "recorder";
                            }

                            @Override
                            public void jobToBeExecuted(JobExecutionContext context) {
                                firings.add(
                                        context.getJobDetail().getKey().getName()
                                                + " of "
                                                + context.getScheduledFireTime().toInstant());
                            }
                        });
    }

    private static PretendPaymentChannel newPaymentChannel() {
        try {
            return new PretendPaymentChannel();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
