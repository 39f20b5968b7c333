/** Lists of payments and refunds as files: written in the background, kept for some days. */
@NullMarked
package io.ferrypay.paymentchannel.export;

import org.jspecify.annotations.NullMarked;
