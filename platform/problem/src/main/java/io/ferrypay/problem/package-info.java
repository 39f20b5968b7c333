/** Errors as RFC 9457 problems with stable codes, the same from every service. */
@NullMarked
package io.ferrypay.problem;

import org.jspecify.annotations.NullMarked;
