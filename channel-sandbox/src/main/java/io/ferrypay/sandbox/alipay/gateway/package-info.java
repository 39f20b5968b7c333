/** The one address of the protocol, its signatures and its XML. */
@NullMarked
package io.ferrypay.sandbox.alipay.gateway;

import org.jspecify.annotations.NullMarked;
