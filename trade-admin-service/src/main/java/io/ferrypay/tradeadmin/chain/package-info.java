/** Chains of hashes: whoever changes one link must change all that follow. */
@NullMarked
package io.ferrypay.tradeadmin.chain;

import org.jspecify.annotations.NullMarked;
