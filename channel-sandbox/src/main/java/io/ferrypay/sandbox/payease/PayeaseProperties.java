package io.ferrypay.sandbox.payease;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who Payease knows, and how it behaves.
 *
 * @param directory the folder with the keys of both sides, see {@link GeneratePayeaseKeys}; without
 *     one, keys are made up at every start and nobody knows them
 * @param merchantNumber the one merchant ({@code v_mid})
 * @param notificationUrl where it is told, as it would have registered by letter; empty stands for
 *     the local platform
 * @param orderLifetime how long an unpaid order can be paid
 * @param refundAfter how long an accepted refund takes
 * @param singleLimit yuan, of every bank; likewise {@code dailyLimit}
 * @param maxOrders how many orders are remembered; the oldest are forgotten first
 */
@ConfigurationProperties("ferry.sandbox.payease")
record PayeaseProperties(
        @Nullable Path directory,
        @DefaultValue("888") String merchantNumber,
        @DefaultValue("") String notificationUrl,
        @DefaultValue("24h") Duration orderLifetime,
        @DefaultValue("2s") Duration refundAfter,
        @DefaultValue("50000") long singleLimit,
        @DefaultValue("200000") long dailyLimit,
        @DefaultValue("50000") int maxOrders) {}
