/** Money that goes back to payers: asked for by merchants, or owed because it was not needed. */
@NullMarked
package io.ferrypay.paymentchannel.refund;

import org.jspecify.annotations.NullMarked;
