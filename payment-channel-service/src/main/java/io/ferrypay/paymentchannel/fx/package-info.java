/**
 * What currencies are worth in yuan: learned from channels and from our own people, shown to
 * payers, promised to shops, and charged where a channel takes yuan only.
 */
@NullMarked
package io.ferrypay.paymentchannel.fx;

import org.jspecify.annotations.NullMarked;
