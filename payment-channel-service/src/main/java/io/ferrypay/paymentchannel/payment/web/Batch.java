package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.problem.ApiException;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/** What a job is told: how many to look at. */
@NamedInterface("web")
public record Batch(@Nullable Integer limit) {

    private static final int LARGEST_LIMIT = 1_000;

    /** From 1 to 1000, or refused. */
    public int size() {
        if (limit == null) {
            throw ApiException.invalid("/limit", "required", "must be given");
        }
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw ApiException.invalid(
                    "/limit", "out_of_range", "must be from 1 to " + LARGEST_LIMIT);
        }
        return limit;
    }
}
