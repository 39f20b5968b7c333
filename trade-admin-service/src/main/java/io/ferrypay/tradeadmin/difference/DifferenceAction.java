package io.ferrypay.tradeadmin.difference;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.ferrypay.tradeadmin.ledger.AccountType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be done about a difference. */
public enum DifferenceAction {
    /**
     * The channel is asked about the order, and what it says counts: late money is money. The
     * difference goes on until a comparison shows that it is none.
     */
    ASK_CHANNEL(null),
    /** Money that the channel took and nobody needed is owed back to its payer. */
    REFUND_PAYER(AccountType.SURPLUS_PAYABLE),
    /** The channel owes it to us, or we to the channel, apart from what it settles by itself. */
    CLAIM(AccountType.CHANNEL_CLAIM),
    /** It is our gain or loss. */
    WRITE_OFF(AccountType.DIFFERENCE_RESULT),
    /** The channel books it to the right shop; what we hold is right. */
    CORRECT_MERCHANT(null),
    /** Somebody has looked: no money is at stake. */
    ACCEPT(null);

    private final @Nullable AccountType counterpart;

    DifferenceAction(@Nullable AccountType counterpart) {
        this.counterpart = counterpart;
    }

    /** Where what is at stake stands afterwards; null if nothing is booked. */
    @Nullable AccountType counterpart() {
        return counterpart;
    }

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static DifferenceAction ofText(String text) {
        for (var action : values()) {
            if (action.text().equals(text)) {
                return action;
            }
        }
        throw new IllegalArgumentException("no action: " + text);
    }

    /** Those that fit; the first is what we propose. */
    static Set<DifferenceAction> of(DifferenceCase one) {
        var allowed = EnumSet.noneOf(DifferenceAction.class);
        if (one.kind().equals("payment") && one.orderNumber() != null && one.isAboutMoney()) {
            allowed.add(ASK_CHANNEL);
        }
        if (one.stakes().isEmpty()) {
            allowed.add(one.type().equals("wrong_merchant") ? CORRECT_MERCHANT : ACCEPT);
            return allowed;
        }
        allowed.add(CLAIM);
        allowed.add(WRITE_OFF);
        if (one.isOfPayersMoney()) {
            allowed.add(REFUND_PAYER);
        }
        return allowed;
    }

    /** What is done by default: what peers do, and the fewest steps that move money. */
    static DifferenceAction proposedFor(DifferenceCase one) {
        var wanted =
                switch (one.type()) {
                    case "status", "platform_only" ->
                            one.asked() == 0 && one.ownerId() != null ? ASK_CHANNEL : CLAIM;
                    case "channel_only", "duplicate_channel" -> REFUND_PAYER;
                    case "wrong_merchant" -> CORRECT_MERCHANT;
                    case "amount" -> one.isSmall() ? WRITE_OFF : CLAIM;
                    case "fx_rate", "header_total", "unparsed_line" -> ACCEPT;
                    default -> CLAIM;
                };
        var allowed = of(one);
        return allowed.contains(wanted) ? wanted : allowed.iterator().next();
    }

    /** How long there is to decide: where a payer or a merchant waits for money, a day. */
    static Duration patience(String type) {
        return switch (type) {
            case "status", "channel_only", "duplicate_channel" -> Duration.ofDays(1);
            case "platform_only", "amount", "currency", "refund_orphan", "duplicate_platform" ->
                    Duration.ofDays(2);
            default -> Duration.ofDays(5);
        };
    }

    /** Of these a part of what the channel owes us is kept for what nobody can explain yet. */
    static boolean isBookedWhenFound(String type) {
        return switch (type) {
            case "channel_only",
                    "platform_only",
                    "amount",
                    "currency",
                    "status",
                    "duplicate_channel",
                    "duplicate_platform",
                    "refund_orphan" ->
                    true;
            default -> false;
        };
    }
}
