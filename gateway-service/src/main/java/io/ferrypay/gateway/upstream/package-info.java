/** Reaching the services behind the door without waiting for the dead. */
@NullMarked
package io.ferrypay.gateway.upstream;

import org.jspecify.annotations.NullMarked;
