/** Double-entry books of every payment and refund, immutable and chained. */
@NullMarked
package io.ferrypay.tradeadmin.ledger;

import org.jspecify.annotations.NullMarked;
