package io.ferrypay.paymentchannel.staticcode;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param paymentLifetime how long a shopper at the counter has to pay; what is left unpaid counts
 *     against the code's daily limit no longer
 */
@ConfigurationProperties("ferry.static-codes")
record StaticCodeSettings(@DefaultValue("10m") Duration paymentLifetime) {}
