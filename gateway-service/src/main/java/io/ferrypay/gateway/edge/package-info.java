/** What every request meets first and every answer carries: identity, limits of form, headers. */
@NullMarked
package io.ferrypay.gateway.edge;

import org.jspecify.annotations.NullMarked;
