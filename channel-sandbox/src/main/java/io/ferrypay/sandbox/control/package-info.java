/** What every pretended acquirer obeys: the sandbox's clock and the button that empties it. */
@NullMarked
package io.ferrypay.sandbox.control;

import org.jspecify.annotations.NullMarked;
