/** Who is told. */
@NullMarked
package io.ferrypay.notify;

import org.jspecify.annotations.NullMarked;
