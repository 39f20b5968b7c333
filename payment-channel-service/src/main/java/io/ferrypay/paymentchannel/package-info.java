/**
 * How money comes in: payments, the channels that carry them, and the page where a shopper pays.
 */
@NullMarked
package io.ferrypay.paymentchannel;

import org.jspecify.annotations.NullMarked;
