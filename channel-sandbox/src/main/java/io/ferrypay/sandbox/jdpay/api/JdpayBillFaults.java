package io.ferrypay.sandbox.jdpay.api;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is to be wrong with the bill of a day. */
@Component
@OnlyWithJdpayKeys
public class JdpayBillFaults implements Resettable {

    private static final int MAX_DAYS = 4_000;

    private final ConcurrentHashMap<LocalDate, Discrepancies> byDay = new ConcurrentHashMap<>();

    /**
     * Lines that disagree with what happened.
     *
     * @param missing numbers of orders and refunds that are left out
     * @param extra paid orders that nobody placed
     * @param otherAmounts fen by number of the order or refund
     */
    public record Discrepancies(
            @Nullable List<String> missing,
            @Nullable List<Extra> extra,
            @Nullable Map<String, Long> otherAmounts) {

        static final Discrepancies NONE = new Discrepancies(null, null, null);

        boolean isMissing(String number) {
            return missing != null && missing.contains(number);
        }

        long amount(String number, long truth) {
            return otherAmounts == null ? truth : otherAmounts.getOrDefault(number, truth);
        }

        List<Extra> extras() {
            return extra == null ? List.of() : extra;
        }
    }

    /**
     * @param amount fen
     */
    public record Extra(String tradeNum, long amount) {}

    /** Replaces what was ordered for that day. */
    public void order(LocalDate day, Discrepancies discrepancies) {
        if (byDay.size() >= MAX_DAYS) {
            throw new IllegalArgumentException("at most " + MAX_DAYS + " days have discrepancies");
        }
        byDay.put(day, discrepancies);
    }

    Discrepancies of(LocalDate day) {
        return byDay.getOrDefault(day, Discrepancies.NONE);
    }

    @Override
    public void reset() {
        byDay.clear();
    }
}
