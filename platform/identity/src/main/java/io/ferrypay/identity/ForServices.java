package io.ferrypay.identity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the services that may call an endpoint under {@code /internal}; others of the platform are
 * refused with 403 {@code forbidden_scope}. On a method it takes the place of what its class says.
 * An endpoint that names nobody is open to every service.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface ForServices {

    /** Application names, such as {@code job-service}. */
    String[] value();
}
