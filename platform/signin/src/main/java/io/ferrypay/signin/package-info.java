/**
 * What every sign-in of people needs, wherever its people are kept: passwords, second factors,
 * counted tries, sealed secrets. The service brings the tables: {@code sign_in_attempt}, {@code
 * totp} and {@code recovery_code}.
 */
@NullMarked
package io.ferrypay.signin;

import org.jspecify.annotations.NullMarked;
