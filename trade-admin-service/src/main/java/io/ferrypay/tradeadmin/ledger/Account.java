package io.ferrypay.tradeadmin.ledger;

import java.util.regex.Pattern;

/**
 * An account of a book, in each currency one.
 *
 * @param owner a merchant or channel; empty where the type has one account only
 */
public record Account(AccountType type, String owner) {

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public Account {
        if (type.owned() ? !OWNER.matcher(owner).matches() : !owner.isEmpty()) {
            throw new IllegalArgumentException("Not an owner of " + type.wireName() + ": " + owner);
        }
    }

    /** The only account of its type. */
    public static Account of(AccountType type) {
        return new Account(type, "");
    }

    public static Account of(AccountType type, String owner) {
        return new Account(type, owner);
    }

    /** {@code merchant-payable/mer_…}, {@code bank}. */
    public String path() {
        return owner.isEmpty() ? type.wireName() : type.wireName() + "/" + owner;
    }

    @Override
    public String toString() {
        return path();
    }
}
