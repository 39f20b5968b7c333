package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session as its till sees it. */
@Schema(
        name = "SpotPaySession",
        description = "What a till asked to be paid, and what became of it.")
record SessionView(
        @Schema(example = "spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB") String id,
        @Schema(description = "Always `spotpay_session`.") String object,
        boolean livemode,
        @Schema(
                        description =
                                "`unknown`: it should be over and no channel vouches for it yet."
                                        + " Keep asking, and do not charge again.")
                SessionStatus status,
        @Schema(description = "The payment, for the shop's own system.") String payment,
        String merchantReference,
        @Schema(example = "35.50") String amount,
        @Schema(example = "NZD") String currency,
        @Schema(description = "What the shopper pays; about that until it is paid.")
                @Nullable String payerAmount,
        @Nullable String payerCurrency,
        @Schema(
                        description =
                                "Who shows the code: `shopper` when the till charged what it"
                                        + " scanned, and there is no `qr`.")
                ShownBy shownBy,
        @Schema(
                        description =
                                "The charge is being taken back, and it is not known yet that it is:"
                                        + " `unknown` until then.")
                boolean reversing,
        @Schema(description = "The wallet that was named or scanned; null for one code for all.")
                @Nullable PaymentMethod method,
        @Schema(description = "The wallet by which it is or was paid.")
                @Nullable PaymentMethod paidBy,
        @Schema(description = "What is to be shown; null once it can't be paid any more.")
                @Nullable Qr qr,
        @Nullable Failure failure,
        String refundedAmount,
        @Schema(description = "On its way back to the shopper.") String refundingAmount,
        @Schema(description = "The channel's number for it, as the shopper's wallet shows it.")
                @Nullable String channelReference,
        @Nullable String cashier,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant paidAt,
        @Schema(description = "For a countdown that does not trust the till's clock.")
                Instant serverTime) {

    @Schema(name = "SpotPayQr")
    record Qr(@Schema(description = "The text of the QR code.") String content, Instant expiresAt) {

        @Override
        public String toString() {
            return "Qr[…]"; // Whoever has it can open the payment's page.
        }
    }

    @Schema(name = "SpotPayFailure")
    record Failure(String code, @Nullable String declineCode) {}

    static SessionView of(Session session, @Nullable String code, Instant now) {
        var status = session.status(now);
        var payer = session.payerAmount();
        var payable =
                status == SessionStatus.WAITING_SCAN
                        || status == SessionStatus.SCANNED
                        || status == SessionStatus.PROCESSING;
        return new SessionView(
                session.id(),
                "spotpay_session",
                session.mode().livemode(),
                status,
                session.paymentId(),
                session.merchantReference(),
                session.amount().toDecimalString(),
                session.amount().currency().code(),
                text(payer),
                payer == null ? null : payer.currency().code(),
                session.shownBy(),
                session.reversing(),
                session.wallet(),
                session.paidBy(),
                code == null || !payable ? null : new Qr(code, session.expiresAt()),
                session.failureCode() == null
                        ? null
                        : new Failure(session.failureCode(), session.declineCode()),
                session.refunded().toDecimalString(),
                session.refunding().toDecimalString(),
                session.channelReference(),
                session.cashierId(),
                session.createdAt(),
                session.expiresAt(),
                session.paidAt(),
                now);
    }

    private static @Nullable String text(@Nullable Money money) {
        return money == null ? null : money.toDecimalString();
    }
}
