package io.ferrypay.merchant.staticcode;

import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * What may be paid by a code, in the merchant's currency.
 *
 * @param fixed the only amount; null when the shopper types it
 * @param least the smallest that may be typed; null for any
 * @param most the largest that may be typed; null for as much as one payment can carry
 * @param perDay how much may come by this code in one day of its store; null for no limit
 */
public record CodeAmounts(
        @Nullable Money fixed,
        @Nullable Money least,
        @Nullable Money most,
        @Nullable Money perDay) {

    /** Refuses, with 400 and the field, what contradicts itself. */
    public CodeAmounts {
        if (fixed != null && least != null) {
            throw ApiException.invalid(
                    "/min_amount", "not_allowed", "is only for codes without a fixed amount");
        }
        if (fixed != null && most != null) {
            throw ApiException.invalid(
                    "/max_amount", "not_allowed", "is only for codes without a fixed amount");
        }
        if (least != null && most != null && most.compareTo(least) < 0) {
            throw ApiException.invalid(
                    "/max_amount", "too_small", "must not be less than min_amount");
        }
        var smallest = fixed == null ? least : fixed;
        if (perDay != null && smallest != null && perDay.compareTo(smallest) < 0) {
            throw ApiException.invalid(
                    "/daily_limit", "too_small", "must allow at least one payment");
        }
    }

    /** The same fixed amount, if there is one, within other limits. */
    CodeAmounts within(
            @Nullable Money newLeast, @Nullable Money newMost, @Nullable Money newPerDay) {
        return new CodeAmounts(fixed, newLeast, newMost, newPerDay);
    }
}
