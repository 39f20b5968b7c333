/** What JD Pay's messages look like: sealed, signed, and told apart from forgeries. */
@NullMarked
package io.ferrypay.sandbox.jdpay.wire;

import org.jspecify.annotations.NullMarked;
