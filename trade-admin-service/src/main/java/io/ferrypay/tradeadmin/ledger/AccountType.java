package io.ferrypay.tradeadmin.ledger;

import java.util.Locale;
import java.util.Optional;

/**
 * What an account counts. Debits are positive, so what we have is positive, what we owe negative.
 */
public enum AccountType {
    /** What a channel has taken for us and not yet settled; by channel. */
    CHANNEL_RECEIVABLE(Side.ASSET, true),
    /** What we have at our banks. */
    BANK(Side.ASSET, false),
    /** What we owe a merchant; by merchant. */
    MERCHANT_PAYABLE(Side.LIABILITY, true),
    /** What a payer has paid and risk holds back from the merchant; by merchant. */
    HELD_PAYABLE(Side.LIABILITY, true),
    /** What a channel took beyond what a payment needed, owed back to payers; by channel. */
    SURPLUS_PAYABLE(Side.LIABILITY, true),
    /** What has left a merchant's balance and not yet reached its bank. */
    WITHDRAWAL_IN_TRANSIT(Side.LIABILITY, false),
    /**
     * What we hold in one currency against another; by channel. Each currency of a journal sums to
     * zero here too: the position is what the two sides of an exchange have in common.
     */
    FX_POSITION(Side.POSITION, true),
    FEE_INCOME(Side.INCOME, false),
    FX_MARGIN(Side.INCOME, false),
    /** What nobody can explain yet. */
    SUSPENSE(Side.POSITION, false),
    /** What a channel owes us apart from what it settles by itself, as we claim it; by channel. */
    CHANNEL_CLAIM(Side.ASSET, true),
    /** What differences brought or cost us in the end. */
    DIFFERENCE_RESULT(Side.INCOME, false);

    /** Where it stands in a balance sheet. */
    public enum Side {
        ASSET,
        LIABILITY,
        INCOME,
        POSITION;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Side side;
    private final boolean owned;

    AccountType(Side side, boolean owned) {
        this.side = side;
        this.owned = owned;
    }

    public Side side() {
        return side;
    }

    boolean owned() {
        return owned;
    }

    /** The name on the wire and in tables, such as {@code merchant-payable}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<AccountType> ofWireName(String name) {
        for (var type : values()) {
            if (type.wireName().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
