/**
 * What has to be done on the clock about payments: payment-channel-service looks after those that
 * nobody tells it about, reconcile-service compares them with what channels say.
 */
@NullMarked
package io.ferrypay.job.payment;

import org.jspecify.annotations.NullMarked;
