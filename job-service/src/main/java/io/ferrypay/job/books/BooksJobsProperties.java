package io.ferrypay.job.books;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the books are looked after.
 *
 * @param settleChannelDays from run to run
 * @param cutWithdrawalBatches from run to run; also the longest a batch is late
 * @param runWithdrawalSchedules from run to run; also the longest a schedule is late
 * @param booksUrl of trade-admin-service; a service name is found through the registry
 * @param timeouts how long a call may take
 */
@ConfigurationProperties("ferry.jobs")
record BooksJobsProperties(
        @DefaultValue("10m") Duration settleChannelDays,
        @DefaultValue("1m") Duration cutWithdrawalBatches,
        @DefaultValue("5m") Duration runWithdrawalSchedules,
        @DefaultValue("http://trade-admin-service") String booksUrl,
        @DefaultValue Timeouts timeouts) {

    record Timeouts(@DefaultValue("2s") Duration connect, @DefaultValue("30s") Duration read) {}
}
