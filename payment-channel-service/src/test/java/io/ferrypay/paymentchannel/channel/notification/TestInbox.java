package io.ferrypay.paymentchannel.channel.notification;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real inbox on a real database, in front of a core that a test plays. */
public final class TestInbox {

    private TestInbox() {}

    /**
     * @param quota how many unproven notifications a minute are kept
     */
    public static NotificationInbox of(DataSource dataSource, ApplyChannelReport core, int quota) {
        return new NotificationInbox(
                core,
                _ -> new ApplyChannelReport.Result.UnknownOrder(),
                new NotificationLog(JdbcClient.create(dataSource)),
                new TransactionTemplate(new DataSourceTransactionManager(dataSource)),
                new RefusalQuota(quota, Clock.systemUTC()));
    }

    /** What the clock does to old and surplus ones. */
    public static void forget(JdbcClient jdbc, Duration retention, int refusedKept) {
        new NotificationRetention(
                        new NotificationLog(jdbc),
                        new NotificationConfiguration.Settings(retention, refusedKept),
                        Clock.systemUTC())
                .forget();
    }
}
