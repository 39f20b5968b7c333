/**
 * Whether a payment is let through, held or refused: rules that trade-admin-service publishes, kept
 * as a local copy and evaluated here, without asking anybody.
 */
@NullMarked
package io.ferrypay.paymentchannel.risk;

import org.jspecify.annotations.NullMarked;
