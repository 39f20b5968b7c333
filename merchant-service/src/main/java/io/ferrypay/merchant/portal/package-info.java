/** Who is signed in to the portal, and what the signed-in may do. */
@NullMarked
package io.ferrypay.merchant.portal;

import org.jspecify.annotations.NullMarked;
