/** Signing up, in and out of the portal; sessions and their end. */
@NullMarked
package io.ferrypay.merchant.signin;

import org.jspecify.annotations.NullMarked;
