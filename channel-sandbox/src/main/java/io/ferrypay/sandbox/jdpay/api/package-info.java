/** JD Pay's interfaces for merchants' servers: orders, queries, refunds, bills. */
@NullMarked
package io.ferrypay.sandbox.jdpay.api;

import org.jspecify.annotations.NullMarked;
