/** Builds, starts, watches and stops the whole platform on one machine. */
@NullMarked
package io.ferrypay.local;

import org.jspecify.annotations.NullMarked;
