package io.ferrypay.paymentchannel.channel.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport.Result;
import io.ferrypay.paymentchannel.channel.ApplyRefundReport;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real inbox on a real database, in front of a core that a test plays. */
public final class TestInbox {

    private TestInbox() {}

    /** One warning with the reason, and nothing of what came. */
    public static void assertRefusalLoggedOnce(
            CapturedOutput output, String reason, String... leaks) {
        assertThat(output.getAll().lines().filter(line -> line.contains(" refused: ")))
                .singleElement()
                .asString()
                .contains("WARN", reason);
        assertThat(output.getAll()).doesNotContain(leaks);
    }

    /**
     * @param quota how many unproven notifications a minute are kept
     */
    public static NotificationInbox of(
            DataSource dataSource, Function<ChannelReport, Result> core, int quota) {
        return new NotificationInbox(
                new ApplyChannelReport() {
                    @Override
                    public void hold(String orderNumber) {}

                    @Override
                    public Result apply(ChannelReport report) {
                        return core.apply(report);
                    }
                },
                new ApplyRefundReport() {
                    @Override
                    public void hold(String refundNumber) {}

                    @Override
                    public Result apply(RefundReport report) {
                        return new Result.UnknownOrder();
                    }
                },
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
