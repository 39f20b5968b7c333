/** What a shop asked to be paid, the attempts to pay it, and the one path that moves its state. */
@NullMarked
package io.ferrypay.paymentchannel.payment;

import org.jspecify.annotations.NullMarked;
