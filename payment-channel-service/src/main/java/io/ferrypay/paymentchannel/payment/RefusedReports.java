package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ChannelReport;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reports we could verify and not believe, for a person to look at; a repeated one is counted. */
@Repository
public class RefusedReports {

    private static final int LONGEST_EVIDENCE = 16 * 1024;

    private final JdbcClient jdbc;

    RefusedReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void keep(ChannelReport report, String reason, Instant now) {
        keep(
                new Refused(
                        report.orderNumber(),
                        reason,
                        report.source().name().toLowerCase(Locale.ROOT),
                        report.accountId(),
                        report.notificationId(),
                        report.evidence()),
                now);
    }

    /** Keeps it, or counts it once more. */
    public void keep(Refused report, Instant now) {
        var evidence = report.evidence();
        jdbc.sql(
                        """
                        insert into refused_report as known (order_number, reason, source, account_id,
                            notification_id, evidence, times, first_at, last_at)
                        values (?, ?, ?, ?, ?, ?, 1, ?, ?)
                        on conflict (order_number, reason, source)
                        do update set times = known.times + 1, last_at = excluded.last_at
                        """)
                .param(report.number())
                .param(report.reason())
                .param(report.source())
                .param(report.accountId())
                .param(report.notificationId())
                .param(evidence.substring(0, Math.min(evidence.length(), LONGEST_EVIDENCE)))
                .param(Timestamp.from(now))
                .param(Timestamp.from(now))
                .update();
    }

    /**
     * A report as it is kept.
     *
     * @param number our number for what it is about
     * @param source how it reached us
     */
    public record Refused(
            String number,
            String reason,
            String source,
            String accountId,
            @Nullable String notificationId,
            String evidence) {}
}
