/** Who calls: for which merchant, or which service, with which rights. */
@NullMarked
package io.ferrypay.identity;

import org.jspecify.annotations.NullMarked;
