/** Tells the merchant's server what happened, again and again until it accepts. */
@NullMarked
package io.ferrypay.sandbox.alipay.notification;

import org.jspecify.annotations.NullMarked;
