/** Tells the merchant's server what was paid and refunded, again and again until it accepts. */
@NullMarked
package io.ferrypay.sandbox.jdpay.notification;

import org.jspecify.annotations.NullMarked;
