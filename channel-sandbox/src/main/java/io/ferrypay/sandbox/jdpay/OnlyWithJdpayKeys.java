package io.ferrypay.sandbox.jdpay;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Part of the pretended JD Pay, which is there only when its folder of keys is configured. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty("ferry.sandbox.jdpay.directory")
public @interface OnlyWithJdpayKeys {}
