/**
 * Webhooks: endpoints, signatures, deliveries that are repeated until they arrive or are given up.
 */
@NullMarked
package io.ferrypay.notify.webhook;

import org.jspecify.annotations.NullMarked;
