/** Which public addresses exist and where each one leads. */
@NullMarked
package io.ferrypay.gateway.door;

import org.jspecify.annotations.NullMarked;
