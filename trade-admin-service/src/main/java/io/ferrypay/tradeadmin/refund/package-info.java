/** Refunds of much money, which our staff agree to, and merchants who owe too much for any. */
@NullMarked
package io.ferrypay.tradeadmin.refund;

import org.jspecify.annotations.NullMarked;
