/** Pages on which a person pays or does not. */
@NullMarked
package io.ferrypay.sandbox.alipay.cashier;

import org.jspecify.annotations.NullMarked;
