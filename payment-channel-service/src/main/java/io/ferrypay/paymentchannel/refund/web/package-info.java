/** The merchant API of refunds, and the command the clock sends. */
@NullMarked
package io.ferrypay.paymentchannel.refund.web;

import org.jspecify.annotations.NullMarked;
