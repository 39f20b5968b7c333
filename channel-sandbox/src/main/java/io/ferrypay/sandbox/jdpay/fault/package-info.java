/** How the pretended JD Pay misbehaves on request. */
@NullMarked
package io.ferrypay.sandbox.jdpay.fault;

import org.jspecify.annotations.NullMarked;
