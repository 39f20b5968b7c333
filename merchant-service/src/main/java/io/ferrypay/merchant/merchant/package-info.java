/** Merchants, and the feed of what changed about them. */
@NullMarked
package io.ferrypay.merchant.merchant;

import org.jspecify.annotations.NullMarked;
