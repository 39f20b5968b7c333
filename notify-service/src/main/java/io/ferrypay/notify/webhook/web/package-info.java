/** Webhooks over HTTP. */
@NullMarked
package io.ferrypay.notify.webhook.web;

import org.jspecify.annotations.NullMarked;
