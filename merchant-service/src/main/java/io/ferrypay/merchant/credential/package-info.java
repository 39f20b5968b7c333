/** API keys: made, shown once, rolled with an overlap, revoked, recognised. */
@NullMarked
package io.ferrypay.merchant.credential;

import org.jspecify.annotations.NullMarked;
