package io.ferrypay.merchant.signin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param sessionLife the longest life of a session; {@code spring.session.timeout} ends one that is
 *     not used
 * @param stepUpLife how long one who proved again who they are may do what is dangerous
 */
@ConfigurationProperties("ferry.portal")
record PortalProperties(
        @DefaultValue("12h") Duration sessionLife, @DefaultValue("5m") Duration stepUpLife) {}
