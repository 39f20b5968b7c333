/** What our own staff look up: payments and refunds of all merchants. */
@NullMarked
package io.ferrypay.paymentchannel.desk;

import org.jspecify.annotations.NullMarked;
