package io.ferrypay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.bench.ServiceTimers.Time;
import org.junit.jupiter.api.Test;

class ServiceTimersTest {

    private static final String METERS =
            """
            # TYPE ferry_channel_calls_seconds summary
            ferry_channel_calls_seconds_count{account="wechat-test",operation="order",usable="true"} 4
            ferry_channel_calls_seconds_sum{account="wechat-test",operation="order",usable="true"} 0.02
            ferry_channel_calls_seconds_count{account="jdpay-test",operation="order",usable="true"} 1
            ferry_channel_calls_seconds_sum{account="jdpay-test",operation="order",usable="true"} 1.0E-3
            ferry_channel_calls_seconds_max{account="jdpay-test",operation="order",usable="true"} 9
            http_server_requests_seconds_count{error="none",method="POST",uri="/checkout/{nonce}/attempts"} 5
            http_server_requests_seconds_sum{error="none",method="POST",uri="/checkout/{nonce}/attempts"} 0.05
            http_server_requests_seconds_count{error="none",method="GET",uri="/checkout/{nonce}"} 7
            """;

    @Test
    void a_timer_is_the_sum_of_its_samples() {
        var reading = ServiceTimers.parse(METERS);

        assertThat(reading.of(ServiceTimers.CALLS, "")).isEqualTo(new Time(5, 21_000));
        assertThat(reading.of(ServiceTimers.CALLS, "account=\"jdpay-test\""))
                .isEqualTo(new Time(1, 1_000));
        assertThat(reading.of(ServiceTimers.REQUESTS, "uri=\"/checkout/{nonce}/attempts\""))
                .isEqualTo(new Time(5, 50_000));
    }

    @Test
    void what_a_payment_costs_is_without_the_company() {
        var cost =
                ChannelCost.of(
                        "x",
                        10,
                        new Time(20, 100_000),
                        new Time(20, 60_000),
                        new Time(20, 130_000));

        assertThat(cost.callsPerPayment()).isEqualTo(2);
        assertThat(cost.companyMicros()).isEqualTo(3_000);
        assertThat(cost.addedPerCall()).isEqualTo(2_000);
        assertThat(cost.restPerPayment()).isEqualTo(3_000);
        assertThat(cost.addedPerPayment()).isEqualTo(7_000);
    }
}
