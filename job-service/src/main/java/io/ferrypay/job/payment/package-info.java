/**
 * What payment-channel-service has to do on the clock: look after payments nobody tells it about.
 */
@NullMarked
package io.ferrypay.job.payment;

import org.jspecify.annotations.NullMarked;
