package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ChannelReport;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reports we could verify and not believe, for a person to look at; a repeated one is counted. */
@Repository
class RefusedReports {

    private static final int LONGEST_EVIDENCE = 16 * 1024;

    private final JdbcClient jdbc;

    RefusedReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void keep(ChannelReport report, String reason, Instant now) {
        var evidence = report.evidence();
        jdbc.sql(
                        """
                        insert into refused_report as known (order_number, reason, source, account_id,
                            notification_id, evidence, times, first_at, last_at)
                        values (?, ?, ?, ?, ?, ?, 1, ?, ?)
                        on conflict (order_number, reason, source)
                        do update set times = known.times + 1, last_at = excluded.last_at
                        """)
                .param(report.orderNumber())
                .param(reason)
                .param(report.source().name().toLowerCase(Locale.ROOT))
                .param(report.accountId())
                .param(report.notificationId())
                .param(evidence.substring(0, Math.min(evidence.length(), LONGEST_EVIDENCE)))
                .param(Timestamp.from(now))
                .param(Timestamp.from(now))
                .update();
    }
}
