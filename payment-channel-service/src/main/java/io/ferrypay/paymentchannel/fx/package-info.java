/** Exchange rates for showing a shopper roughly what they will pay; nothing is charged by them. */
@NullMarked
package io.ferrypay.paymentchannel.fx;

import org.jspecify.annotations.NullMarked;
