/** Sign-up, sign-in and sessions over HTTP. */
@NullMarked
package io.ferrypay.merchant.signin.web;

import org.jspecify.annotations.NullMarked;
