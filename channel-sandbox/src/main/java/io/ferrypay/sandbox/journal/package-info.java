/** Lets the sandbox remember across restarts, when asked to. */
@NullMarked
package io.ferrypay.sandbox.journal;

import org.jspecify.annotations.NullMarked;
