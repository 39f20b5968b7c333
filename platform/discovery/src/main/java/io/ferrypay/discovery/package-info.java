/** How services find each other. */
@NullMarked
package io.ferrypay.discovery;

import org.jspecify.annotations.NullMarked;
