/**
 * Tills: what they ask to be paid, the code a shopper scans, and what came of it. A session is one
 * payment; nothing here decides whether money came.
 */
@NullMarked
package io.ferrypay.paymentchannel.spotpay;

import org.jspecify.annotations.NullMarked;
