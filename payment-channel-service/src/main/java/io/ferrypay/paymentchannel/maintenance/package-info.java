/** When which account is not offered to payers: a local copy of what our staff planned. */
@NullMarked
package io.ferrypay.paymentchannel.maintenance;

import org.jspecify.annotations.NullMarked;
