package io.ferrypay.tradeadmin.difference;

import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A difference between a channel's statement and what we hold.
 *
 * @param number reconcile-service's
 * @param status {@code open}, {@code decided}, or {@code ended} when it is none any more
 * @param type such as {@code channel_only}
 * @param kind {@code payment}, {@code refund}, {@code line} or {@code total}
 * @param theirs what the statement says, in the words of its type
 * @param ownerId our payment or refund
 * @param stakes by how much the channel says that it owes us more than we hold; less is negative
 * @param counterpart where the stakes are booked against what the channel owes us, as the name of a
 *     type of account
 * @param asked how often the channel was asked because of it
 */
public record DifferenceCase(
        long number,
        long version,
        String status,
        Book book,
        String channel,
        String account,
        LocalDate day,
        String type,
        String kind,
        String subject,
        @Nullable String orderNumber,
        @Nullable String refundNumber,
        @Nullable String channelReference,
        @Nullable Long lineNumber,
        @Nullable String theirs,
        @Nullable String ours,
        @Nullable Money theirAmount,
        @Nullable Money ourAmount,
        @Nullable String merchantId,
        @Nullable String ownerId,
        List<Money> stakes,
        @Nullable String counterpart,
        @Nullable String assignedTo,
        int asked,
        @Nullable DifferenceAction action,
        Instant openedAt,
        Instant dueAt,
        @Nullable Instant decidedAt,
        @Nullable Instant endedAt) {

    /** Written off rather than chased, in minor units of any currency. */
    private static final long SMALL = 100;

    public DifferenceCase {
        stakes = List.copyOf(stakes);
    }

    /** As people and events name it. */
    public String id() {
        return "dif_" + number;
    }

    public boolean isOpen() {
        return status.equals("open");
    }

    /** What we propose to do about it. */
    public DifferenceAction proposed() {
        return DifferenceAction.proposedFor(this);
    }

    /** What may be asked for. */
    public List<DifferenceAction> actions() {
        return List.copyOf(DifferenceAction.of(this));
    }

    boolean isAboutMoney() {
        return DifferenceAction.isBookedWhenFound(type);
    }

    /** Money came in that no order of ours explains, or went back of such. */
    boolean isOfPayersMoney() {
        return switch (type) {
            case "channel_only", "duplicate_channel", "refund_orphan", "status" -> true;
            default -> false;
        };
    }

    boolean isSmall() {
        return stakes.stream().allMatch(stake -> Math.abs(stake.minorUnits()) <= SMALL);
    }
}
