/** Orders at the pretended Alipay, what was paid for them and what went back. */
@NullMarked
package io.ferrypay.sandbox.alipay.order;

import org.jspecify.annotations.NullMarked;
