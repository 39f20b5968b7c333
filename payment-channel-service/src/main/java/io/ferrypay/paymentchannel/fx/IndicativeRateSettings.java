package io.ferrypay.paymentchannel.fx;

import java.math.BigDecimal;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rates from configuration, {@code ferry.fx.indicative.<currency>}.
 *
 * @param indicative yuan per unit, by currency
 * @param margin ours on top where we convert, as a fraction
 */
@ConfigurationProperties("ferry.fx")
record IndicativeRateSettings(
        @DefaultValue Map<String, BigDecimal> indicative,
        @DefaultValue("0.012") BigDecimal margin) {}
