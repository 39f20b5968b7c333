package io.ferrypay.sandbox.jdpay;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who JD knows, and how it behaves.
 *
 * @param directory the folder with the keys of both sides, see {@link JdpayKeys}; without it there
 *     is no JD Pay here
 * @param merchant the one merchant that may call
 * @param refundWindow how long after its payment an order may be refunded
 * @param billDayOffset how many days after its day a bill is named
 * @param maxOrders how many orders are remembered; the oldest are forgotten first
 * @param notificationParallelism how many notifications may be under way at once
 */
@ConfigurationProperties("ferry.sandbox.jdpay")
public record JdpayProperties(
        @Nullable Path directory,
        @DefaultValue("110148035005") String merchant,
        @DefaultValue("365d") Duration refundWindow,
        @DefaultValue("1") int billDayOffset,
        @DefaultValue("50000") int maxOrders,
        @DefaultValue("64") int notificationParallelism) {}
