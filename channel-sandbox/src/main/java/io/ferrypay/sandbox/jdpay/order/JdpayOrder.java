package io.ferrypay.sandbox.jdpay.order;

import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order at JD. It only changes state here; time alone closes it too, see {@link #at}.
 *
 * @param orderId JD's number, 24 digits
 * @param key the secret in the address of its cashier page
 * @param code what stands behind its QR code; only for orders paid by scanning
 * @param endedAt when it was paid or failed
 */
public record JdpayOrder(
        JdpayTerms terms,
        String orderId,
        String key,
        @Nullable String code,
        Instant createdAt,
        Instant expiresAt,
        JdpayStatus status,
        @Nullable Instant endedAt,
        List<JdpayRefund> refunds) {

    static JdpayOrder placed(
            JdpayTerms terms, String orderId, String key, @Nullable String code, Instant now) {
        return new JdpayOrder(
                terms,
                orderId,
                key,
                code,
                now,
                now.plusSeconds(terms.expireSeconds()),
                JdpayStatus.CREATED,
                null,
                List.of());
    }

    public String tradeNum() {
        return terms.tradeNum();
    }

    /** The order as it stands at this moment: unpaid past its end means closed. */
    public JdpayOrder at(Instant now) {
        return isPayable() && !now.isBefore(expiresAt) ? with(JdpayStatus.CLOSED, null) : this;
    }

    public boolean isPayable() {
        return status == JdpayStatus.CREATED || status == JdpayStatus.PROCESSING;
    }

    public boolean isPaid() {
        return status == JdpayStatus.SUCCESS;
    }

    JdpayOrder placedAgain(JdpayTerms again) {
        if (!terms.equals(again)) {
            throw new JdpayError(JdpayError.Code.SIM202);
        }
        refuseUnlessPayable();
        return this;
    }

    JdpayOrder paid(Instant now) {
        refuseUnlessPayable();
        return with(JdpayStatus.SUCCESS, now);
    }

    JdpayOrder failed(Instant now) {
        refuseUnlessPayable();
        return with(JdpayStatus.FAILED, now);
    }

    JdpayOrder confirming() {
        refuseUnlessPayable();
        return with(JdpayStatus.PROCESSING, null);
    }

    JdpayOrder closed() {
        if (status == JdpayStatus.SUCCESS) {
            throw new JdpayError(JdpayError.Code.SIM204);
        }
        return with(JdpayStatus.CLOSED, endedAt);
    }

    public @Nullable JdpayRefund refund(String number) {
        for (var refund : refunds) {
            if (refund.tradeNum().equals(number)) {
                return refund;
            }
        }
        return null;
    }

    JdpayOrder refunded(JdpayRefund wanted, Duration window, Instant now) {
        if (status != JdpayStatus.SUCCESS || endedAt == null) {
            throw new JdpayError(JdpayError.Code.SIM302);
        }
        if (now.isAfter(endedAt.plus(window))) {
            throw new JdpayError(JdpayError.Code.SIM303);
        }
        long back = 0;
        for (var refund : refunds) {
            if (refund.state() != JdpayRefund.State.FAILED) {
                back = Math.addExact(back, refund.amount());
            }
        }
        if (Math.addExact(back, wanted.amount()) > terms.amount()) {
            throw new JdpayError(JdpayError.Code.SIM301);
        }
        var all = new ArrayList<>(refunds);
        all.add(wanted);
        return with(all);
    }

    JdpayOrder refundEnded(String number, JdpayRefund.State end, Instant now) {
        var all = new ArrayList<JdpayRefund>();
        for (var refund : refunds) {
            all.add(refund.tradeNum().equals(number) ? refund.ended(end, now) : refund);
        }
        return with(all);
    }

    private void refuseUnlessPayable() {
        switch (status) {
            case CREATED, PROCESSING -> {}
            case SUCCESS -> throw new JdpayError(JdpayError.Code.SIM204);
            case FAILED, CLOSED -> throw new JdpayError(JdpayError.Code.SIM203);
        }
    }

    private JdpayOrder with(JdpayStatus next, @Nullable Instant end) {
        return new JdpayOrder(terms, orderId, key, code, createdAt, expiresAt, next, end, refunds);
    }

    private JdpayOrder with(List<JdpayRefund> all) {
        return new JdpayOrder(
                terms, orderId, key, code, createdAt, expiresAt, status, endedAt, List.copyOf(all));
    }
}
