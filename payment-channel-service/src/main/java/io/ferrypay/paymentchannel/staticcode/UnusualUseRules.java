package io.ferrypay.paymentchannel.staticcode;

import io.ferrypay.paymentchannel.risk.UsualUse.Usual;
import io.ferrypay.paymentchannel.staticcode.UnusualUse.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what is unusual about how a printed code was used within the last hour. */
final class UnusualUseRules {

    private static final int HOURS = 24;

    private final StaticCodeSettings.UnusualUse settings;

    UnusualUseRules(StaticCodeSettings.UnusualUse settings) {
        this.settings = settings;
    }

    /**
     * What came by one code in the last hour.
     *
     * @param begun how many payments were made
     * @param paid how many of them took money
     * @param unpaid how many of them ended without
     * @param largestMinor of those that took money; 0 if there are none
     * @param hours of the store's day in which they took money, 0 to 23
     */
    record Recent(long begun, long paid, long unpaid, long largestMinor, Set<Integer> hours) {}

    /**
     * @param observed payments, minor units, or an hour of the day; by kind
     */
    record Finding(Kind kind, long observed, @Nullable Long usual) {}

    /** Where a code is too new, only what needs nothing to compare with. */
    List<Finding> judge(Recent recent, Usual usual) {
        var found = new ArrayList<Finding>();
        if (recent.unpaid() >= settings.unpaidAtLeast()
                && recent.unpaid() * 100 >= recent.begun() * settings.unpaidPercent()) {
            found.add(new Finding(Kind.MANY_UNPAID, recent.unpaid(), null));
        }
        if (usual.payments() < settings.historyPayments()
                || usual.days() < settings.historyDays()) {
            return found;
        }
        if (recent.paid() >= settings.paymentsAtLeast()
                && recent.paid() > usual.busiestHour() * settings.paymentsFactor()) {
            found.add(new Finding(Kind.MANY_PAYMENTS, recent.paid(), usual.busiestHour()));
        }
        var mean = usual.amountMinor() / usual.payments();
        if (mean > 0 && recent.largestMinor() / settings.amountFactor() >= mean) {
            found.add(new Finding(Kind.LARGE_AMOUNT, recent.largestMinor(), mean));
        }
        recent.hours().stream()
                .filter(hour -> isOdd(hour, usual.hours()))
                .sorted()
                .findFirst()
                .ifPresent(hour -> found.add(new Finding(Kind.ODD_HOUR, hour, null)));
        return found;
    }

    /** A shop that opens a little earlier than yesterday is nothing unusual. */
    private static boolean isOdd(int hour, Set<Integer> usual) {
        return !usual.contains(hour)
                && !usual.contains((hour + 1) % HOURS)
                && !usual.contains((hour + HOURS - 1) % HOURS);
    }
}
