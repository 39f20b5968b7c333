/** Lets tests and demos play the payer and order faults. */
@NullMarked
package io.ferrypay.sandbox.jdpay.control;

import org.jspecify.annotations.NullMarked;
