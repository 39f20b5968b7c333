/**
 * Printed codes: our copy of them, what their page shows, and the payments that shoppers make by
 * them. Asks nobody else.
 */
@NullMarked
package io.ferrypay.paymentchannel.staticcode;

import org.jspecify.annotations.NullMarked;
