package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Charged;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts as Payease writes them: always two decimals, and the currency as a number. */
final class Yuan {

    /** {@code v_moneytype} of the yuan, the only one domestic cards pay in. */
    static final String MONEY_TYPE = "0";

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}\\.[0-9]{2}");

    /** By {@code v_moneytype}. */
    private static final List<String> CURRENCIES =
            List.of(
                    "CNY", "USD", "EUR", "GBP", "JPY", "KRW", "AUD", "RUB", "CHF", "HKD", "SGD",
                    "MOP");

    private Yuan() {}

    static String amount(Money money) {
        return money.toDecimalString();
    }

    static String amount(long fen) {
        return "%d.%02d".formatted(fen / 100, fen % 100);
    }

    /** What was written, unbelieved; null when it is no amount in no currency. */
    static @Nullable Charged charged(@Nullable String amount, @Nullable String moneyType) {
        var fen = fen(amount);
        var currency = currency(moneyType);
        return fen == null || currency == null ? null : new Charged(fen, currency);
    }

    /** Hundredths; null when it is not a plain number with two decimals. */
    static @Nullable Long fen(@Nullable String amount) {
        return amount != null && AMOUNT.matcher(amount).matches()
                ? Long.valueOf(amount.replace(".", ""))
                : null;
    }

    private static @Nullable String currency(@Nullable String moneyType) {
        for (int i = 0; i < CURRENCIES.size(); i++) {
            if (String.valueOf(i).equals(moneyType)) {
                return CURRENCIES.get(i);
            }
        }
        return null;
    }
}
