/** What channels' statements say otherwise than we do, and what our people decide about it. */
@NullMarked
package io.ferrypay.tradeadmin.difference;

import org.jspecify.annotations.NullMarked;
