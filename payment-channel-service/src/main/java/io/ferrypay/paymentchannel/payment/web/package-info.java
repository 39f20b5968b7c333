/** The merchant API of payments, and the commands the clock sends. */
@NullMarked
package io.ferrypay.paymentchannel.payment.web;

import org.jspecify.annotations.NullMarked;
