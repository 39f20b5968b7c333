/** How the gateway itself says no: RFC 9457 problems, the same shape every service uses. */
@NullMarked
package io.ferrypay.gateway.problem;

import org.jspecify.annotations.NullMarked;
