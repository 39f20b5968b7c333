/** How often somebody may ask. */
@NullMarked
package io.ferrypay.gateway.limit;

import org.jspecify.annotations.NullMarked;
