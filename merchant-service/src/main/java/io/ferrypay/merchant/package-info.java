/** Who gets paid. */
@NullMarked
package io.ferrypay.merchant;

import org.jspecify.annotations.NullMarked;
