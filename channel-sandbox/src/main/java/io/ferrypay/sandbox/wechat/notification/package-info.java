/** Tells the merchant's server what was paid, again and again until it accepts. */
@NullMarked
package io.ferrypay.sandbox.wechat.notification;

import org.jspecify.annotations.NullMarked;
