/** Who may pass: an API key becomes a short-lived internal token. */
@NullMarked
package io.ferrypay.gateway.access;

import org.jspecify.annotations.NullMarked;
