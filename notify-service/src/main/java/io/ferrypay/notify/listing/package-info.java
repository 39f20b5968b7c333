/** How lists are answered. */
@NullMarked
package io.ferrypay.notify.listing;

import org.jspecify.annotations.NullMarked;
