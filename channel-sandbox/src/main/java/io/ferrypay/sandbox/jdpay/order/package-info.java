/** What JD Pay knows: orders, their payments, their refunds. */
@NullMarked
package io.ferrypay.sandbox.jdpay.order;

import org.jspecify.annotations.NullMarked;
