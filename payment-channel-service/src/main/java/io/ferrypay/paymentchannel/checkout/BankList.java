package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.bank.Bank;
import io.ferrypay.paymentchannel.bank.BankLimit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The banks a shopper may choose from. */
record BankList(String object, List<Choice> data) {

    /**
     * @param singleLimit the most that any security tool of the bank allows in one payment, in
     *     yuan; null when nobody has told us
     * @param available whether it is worth trying now
     */
    record Choice(
            String code,
            String nameZh,
            String nameEn,
            String pinyin,
            String initial,
            @Nullable String singleLimit,
            @Nullable String dailyLimit,
            boolean available) {

        static Choice of(Bank bank, boolean available) {
            return new Choice(
                    bank.code(),
                    bank.nameZh(),
                    bank.nameEn(),
                    bank.pinyin().replace(" ", ""),
                    bank.initial(),
                    most(bank, BankLimit::single),
                    most(bank, BankLimit::daily),
                    available);
        }

        private static @Nullable String most(
                Bank bank, Function<BankLimit, @Nullable Money> which) {
            return bank.limits().stream()
                    .map(which)
                    .filter(Objects::nonNull)
                    .reduce((one, other) -> one.minorUnits() >= other.minorUnits() ? one : other)
                    .map(Money::toDecimalString)
                    .orElse(null);
        }
    }
}
