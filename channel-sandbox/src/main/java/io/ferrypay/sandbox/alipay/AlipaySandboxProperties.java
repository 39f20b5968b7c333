package io.ferrypay.sandbox.alipay;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who the pretended Alipay knows, and how it behaves.
 *
 * @param directory the folder with the keys of both sides; without one the sandbox keeps its own
 *     for as long as it runs, and nobody can call
 * @param partner who may call
 * @param codePrefix what the content of a code begins with
 * @param allowLocalUrls whether plain http to this machine is good enough for notifications
 * @param refundSpacing least true time between two refunds; Alipay asks for three seconds
 * @param codeRefundsFrom when of a day in Beijing refunds of codes begin to be done at once;
 *     midnight for at any time
 * @param maxOrders how many orders are remembered; the oldest are forgotten first
 * @param notificationParallelism how many notifications may be under way at once
 * @param rates yuan per unit of a currency, in place of or beside the built-in table
 */
@ConfigurationProperties("ferry.sandbox.alipay")
public record AlipaySandboxProperties(
        @Nullable Path directory,
        @DefaultValue("2088101122136241") String partner,
        @DefaultValue("https://qr.alipay.com/") String codePrefix,
        @DefaultValue("true") boolean allowLocalUrls,
        @DefaultValue("3s") Duration refundSpacing,
        @DefaultValue("01:30") LocalTime codeRefundsFrom,
        @DefaultValue("50000") int maxOrders,
        @DefaultValue("64") int notificationParallelism,
        @DefaultValue Map<String, BigDecimal> rates) {}
