package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.money.Money;

/**
 * One line of a journal.
 *
 * @param amount a debit if positive, a credit if negative; never zero
 */
public record LedgerEntry(Account account, Money amount) {

    public LedgerEntry {
        if (amount.minorUnits() == 0) {
            throw new IllegalArgumentException("An entry moves something");
        }
    }

    public static LedgerEntry debit(Account account, Money amount) {
        return new LedgerEntry(account, positive(amount));
    }

    public static LedgerEntry credit(Account account, Money amount) {
        var money = positive(amount);
        return new LedgerEntry(
                account, new Money(Math.negateExact(money.minorUnits()), money.currency()));
    }

    private static Money positive(Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("A debit or credit is positive, not " + amount);
        }
        return amount;
    }
}
