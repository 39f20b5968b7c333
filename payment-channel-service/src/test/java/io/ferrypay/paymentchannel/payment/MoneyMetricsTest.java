package io.ferrypay.paymentchannel.payment;

import static io.ferrypay.paymentchannel.FakeChannel.notification;
import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What whoever watches is told of money and time. */
class MoneyMetricsTest extends RunningServiceTest {

    @Autowired private MeterRegistry metrics;
    @Autowired private UnknownPayments unknown;

    @Test
    void what_is_paid_counts_once_however_often_it_is_reported() {
        var payments = counted("ferry.payment.paid");
        var value = counted("ferry.payment.paid.value");
        var order = offered(created());

        for (var times = 0; times < 3; times++) {
            reports.apply(notification(order, success(order, "42000077")));
        }

        assertThat(counted("ferry.payment.paid") - payments).isEqualTo(1);
        assertThat(counted("ferry.payment.paid.value") - value).isEqualTo(120);
    }

    @Test
    void an_order_without_an_answer_ages_until_it_has_one() {
        var order = offered(created());
        age(order.key().orderNumber(), "opening");

        assertThat(unknown.ageOfOldest().toDays()).isEqualTo(4000);
        assertThat(gauge("ferry.payment.unknown.oldest")).isGreaterThan(3999L * 86_400);
        assertThat(unknown.queryLag().toDays()).isEqualTo(4000);

        age(order.key().orderNumber(), "ready");

        assertThat(unknown.ageOfOldest().toDays()).isLessThan(4000);

        jdbc.sql("update attempt set next_query_at = null where order_number = ?")
                .param(order.key().orderNumber())
                .update();
        assertThat(unknown.queryLag().toDays()).isLessThan(4000);
    }

    @Test
    void a_payment_whose_time_is_over_shows_how_late_its_end_is() {
        var id = created().path("id").asString();
        jdbc.sql("update payment set next_sweep_at = now() - interval '4000 days' where id = ?")
                .param(id)
                .update();

        assertThat(unknown.sweepLag().toDays()).isEqualTo(4000);

        jdbc.sql("update payment set status = 'canceled', ended_at = now() where id = ?")
                .param(id)
                .update();
        assertThat(unknown.sweepLag().toDays()).isLessThan(4000);
    }

    /** Older than anything another test leaves. */
    private void age(String orderNumber, String status) {
        jdbc.sql(
                        """
                        update attempt set status = ?, created_at = now() - interval '4000 days',
                               next_query_at = now() - interval '4000 days'
                         where order_number = ?
                        """)
                .param(status)
                .param(orderNumber)
                .update();
    }

    private double counted(String name) {
        var counter =
                metrics.find(name)
                        .tags("mode", "test", "method", "wechat", "currency", "NZD")
                        .counter();
        return counter == null ? 0 : counter.count();
    }

    private double gauge(String name) {
        return metrics.get(name).timeGauge().value(TimeUnit.SECONDS);
    }
}
