/** JD Pay's cashier: where browsers are sent, and where a person pays or refuses. */
@NullMarked
package io.ferrypay.sandbox.jdpay.cashier;

import org.jspecify.annotations.NullMarked;
