/** What this service asks of a payment company, and what it can be told by one. */
@NullMarked
package io.ferrypay.paymentchannel.channel;

import org.jspecify.annotations.NullMarked;
