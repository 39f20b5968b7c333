package io.ferrypay.tradeadmin.ledger;

import static io.ferrypay.tradeadmin.ledger.AccountType.CHANNEL_RECEIVABLE;
import static io.ferrypay.tradeadmin.ledger.AccountType.FX_POSITION;
import static io.ferrypay.tradeadmin.ledger.AccountType.HELD_PAYABLE;
import static io.ferrypay.tradeadmin.ledger.AccountType.MERCHANT_PAYABLE;
import static io.ferrypay.tradeadmin.ledger.AccountType.SURPLUS_PAYABLE;

import io.ferrypay.events.Event;
import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event of the payments feed that moves money, as the books see it. {@code payment.paid_late} is
 * not one: it is told besides {@code payment.paid}, and that is booked. No event names a fee: it is
 * ours to say ({@link FeeSchedule}).
 *
 * @param merchantAmount what the merchant is owed, or owed no more
 * @param charge what the channel took from the payer, or gave back, in the currency in which it was
 *     told to
 * @param terms what a fee depends on; null for all but paid payments
 * @param day in Beijing, by the channel's clock if it is told
 * @param fxRate yuan per unit before our margin, where we exchanged and were told
 */
record BookedEvent(
        Event event,
        Book book,
        JournalKind kind,
        String subject,
        String paymentId,
        String merchantId,
        Money merchantAmount,
        String channel,
        Money charge,
        @Nullable Terms terms,
        LocalDate day,
        @Nullable BigDecimal fxRate,
        @Nullable BigDecimal fxMargin) {

    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    /** What the fee of a payment depends on. */
    record Terms(String method, Instant createdAt) {}

    static final Set<String> TYPES =
            Set.of(
                    "payment.paid",
                    "payment.under_review",
                    "payment.failed",
                    "payment.surplus_paid",
                    "refund.succeeded");

    /**
     * @return empty for events that move no money
     * @throws IllegalArgumentException if the event lacks what the books need
     */
    static Optional<BookedEvent> of(Event event) {
        // A payment that fails moves nothing, unless its money had been there.
        if (!TYPES.contains(event.type())
                || (event.type().equals("payment.failed") && !wasHeld(event))) {
            return Optional.empty();
        }
        var data = event.data();
        var object = data.path("object");
        var charge = data.path("charge");
        var kind = kind(event);
        return Optional.of(
                new BookedEvent(
                        event,
                        book(data),
                        kind,
                        kind == JournalKind.SURPLUS
                                ? text(charge, "order_number")
                                : event.subject(),
                        text(object, event.type().equals("refund.succeeded") ? "payment" : "id"),
                        text(data, "merchant_id"),
                        money(kind == JournalKind.SURPLUS ? data.path("surplus") : object),
                        text(charge, "channel"),
                        money(charge),
                        kind == JournalKind.PAYMENT
                                ? new Terms(
                                        text(object.path("payment_method"), "type"),
                                        time(object, "created_at"))
                                : null,
                        day(event, object.path("paid_at")),
                        number(charge, "rate"),
                        number(charge, "margin")));
    }

    private static LocalDate day(Event event, JsonNode paidAt) {
        var at =
                event.type().equals("payment.paid") && paidAt.isString()
                        ? Instant.parse(paidAt.asString())
                        : event.time();
        return LocalDate.ofInstant(at, BEIJING);
    }

    private static Instant time(JsonNode holder, String name) {
        try {
            return Instant.parse(text(holder, name));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " is not a time", e);
        }
    }

    private static @Nullable BigDecimal number(JsonNode holder, String name) {
        return holder.path(name).isString() ? new BigDecimal(text(holder, name)) : null;
    }

    /** What the payment costs, if it costs anything. */
    Optional<Journal> feeJournal(Money fee) {
        if (fee.isZero()) {
            return Optional.empty();
        }
        return Optional.of(
                new Journal(
                        book,
                        event.id() + "-fee",
                        JournalKind.FEE,
                        subject,
                        paymentId,
                        event.time(),
                        List.of(
                                LedgerEntry.debit(Account.of(MERCHANT_PAYABLE, merchantId), fee),
                                LedgerEntry.credit(Account.of(AccountType.FEE_INCOME), fee))));
    }

    /** A part of it that goes back because of this event. */
    Journal feeReturnJournal(Money part) {
        return new Journal(
                book,
                event.id() + "-fee-return",
                JournalKind.FEE_RETURN,
                event.id(),
                paymentId,
                event.time(),
                List.of(
                        LedgerEntry.debit(Account.of(AccountType.FEE_INCOME), part),
                        LedgerEntry.credit(Account.of(MERCHANT_PAYABLE, merchantId), part)));
    }

    private static JournalKind kind(Event event) {
        return switch (event.type()) {
            case "payment.paid" -> JournalKind.PAYMENT;
            case "payment.under_review" -> JournalKind.HOLD;
            case "payment.failed" -> JournalKind.HOLD_REFUSED;
            case "payment.surplus_paid" -> JournalKind.SURPLUS;
            default ->
                    switch (text(event.data().path("object"), "kind")) {
                        case "requested" -> JournalKind.REFUND;
                        case "surplus" -> JournalKind.SURPLUS_REFUND;
                        default ->
                                throw new IllegalArgumentException("A refund of an unknown kind");
                    };
        };
    }

    private static boolean wasHeld(Event event) {
        return event.data().path("previous").path("status").asString("").equals("under_review");
    }

    private static Book book(JsonNode data) {
        if (!data.path("livemode").isBoolean()) {
            throw new IllegalArgumentException("livemode is missing");
        }
        return Book.of(data.path("livemode").asBoolean());
    }

    private static Money money(JsonNode holder) {
        return Money.parse(text(holder, "amount"), text(holder, "currency"));
    }

    private static String text(JsonNode holder, String name) {
        var value = holder.path(name);
        if (!value.isString() || value.asString().isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value.asString();
    }

    Journal journal() {
        var entries =
                switch (kind) {
                    case PAYMENT ->
                            wasHeld(event)
                                    ? released()
                                    : in(MERCHANT_PAYABLE, merchantId, merchantAmount);
                    case HOLD -> in(HELD_PAYABLE, merchantId, merchantAmount);
                    case HOLD_REFUSED -> refused();
                    case REFUND -> out(MERCHANT_PAYABLE, merchantId, merchantAmount);
                    // Owed to the payer as it came: nothing is exchanged.
                    case SURPLUS -> in(SURPLUS_PAYABLE, channel, charge);
                    case SURPLUS_REFUND -> out(SURPLUS_PAYABLE, channel, charge);
                    case FEE,
                            FEE_RETURN,
                            WITHDRAWAL,
                            WITHDRAWAL_PAID,
                            WITHDRAWAL_RETURN,
                            DIFFERENCE,
                            DIFFERENCE_DECIDED,
                            DIFFERENCE_ENDED ->
                            throw new IllegalStateException("No event tells of a " + kind);
                };
        return new Journal(book, event.id(), kind, subject, paymentId, event.time(), entries);
    }

    /** What came in when it was held is the merchant's now. */
    private List<LedgerEntry> released() {
        return List.of(
                LedgerEntry.debit(Account.of(HELD_PAYABLE, merchantId), merchantAmount),
                LedgerEntry.credit(Account.of(MERCHANT_PAYABLE, merchantId), merchantAmount));
    }

    /** It is owed to the payer as it came: what was exchanged is exchanged back. */
    private List<LedgerEntry> refused() {
        var held = LedgerEntry.debit(Account.of(HELD_PAYABLE, merchantId), merchantAmount);
        var owed = LedgerEntry.credit(Account.of(SURPLUS_PAYABLE, channel), charge);
        return needsExchange(merchantAmount)
                ? List.of(
                        held,
                        LedgerEntry.credit(position(), merchantAmount),
                        LedgerEntry.debit(position(), charge),
                        owed)
                : List.of(held, owed);
    }

    /** The channel owes us more, and we owe somebody. */
    private List<LedgerEntry> in(AccountType type, String owner, Money owed) {
        var receivable = LedgerEntry.debit(Account.of(CHANNEL_RECEIVABLE, channel), charge);
        var payable = LedgerEntry.credit(Account.of(type, owner), owed);
        return needsExchange(owed)
                ? List.of(
                        receivable,
                        LedgerEntry.credit(position(), charge),
                        LedgerEntry.debit(position(), owed),
                        payable)
                : List.of(receivable, payable);
    }

    /** The same the other way round. */
    private List<LedgerEntry> out(AccountType type, String owner, Money owed) {
        var payable = LedgerEntry.debit(Account.of(type, owner), owed);
        var receivable = LedgerEntry.credit(Account.of(CHANNEL_RECEIVABLE, channel), charge);
        return needsExchange(owed)
                ? List.of(
                        payable,
                        LedgerEntry.credit(position(), owed),
                        LedgerEntry.debit(position(), charge),
                        receivable)
                : List.of(payable, receivable);
    }

    private Account position() {
        return Account.of(FX_POSITION, channel);
    }

    /** A channel that takes yuan only owes yuan, whatever the merchant is owed. */
    private boolean needsExchange(Money owed) {
        if (!charge.currency().equals(owed.currency())) {
            return true;
        }
        if (!charge.equals(owed)) {
            throw new IllegalArgumentException("What was charged is not what is owed");
        }
        return false;
    }
}
