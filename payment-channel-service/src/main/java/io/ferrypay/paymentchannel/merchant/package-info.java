/** Our local copy of who may be paid and how, fed by merchant-service. */
@NullMarked
package io.ferrypay.paymentchannel.merchant;

import org.jspecify.annotations.NullMarked;
