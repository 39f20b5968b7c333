/** The page a shopper sees: what it shows, its live state, and asking for a code. */
@NullMarked
package io.ferrypay.paymentchannel.checkout;

import org.jspecify.annotations.NullMarked;
