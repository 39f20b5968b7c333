/** Lets tests and demos play the payer and order faults. */
@NullMarked
package io.ferrypay.sandbox.alipay.control;

import org.jspecify.annotations.NullMarked;
