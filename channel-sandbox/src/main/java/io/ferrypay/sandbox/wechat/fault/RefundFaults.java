package io.ferrypay.sandbox.wechat.fault;

import io.ferrypay.sandbox.wechat.order.RefundStatus;
import org.jspecify.annotations.Nullable;

/**
 * How refunds of one order go otherwise than well.
 *
 * @param outcome what becomes of them by themselves; {@code PROCESSING} leaves them to the control
 *     API
 * @param notEnough 403 NOT_ENOUGH, and nothing was done
 */
public record RefundFaults(@Nullable RefundStatus outcome, @Nullable Times notEnough) {}
