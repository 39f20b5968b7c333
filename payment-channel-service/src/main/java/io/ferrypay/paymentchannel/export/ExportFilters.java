package io.ferrypay.paymentchannel.export;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which payments or refunds, in the words of their lists; of refunds only {@code status}. */
@Schema(
        name = "ExportFilters",
        description =
                "As in the list of payments; an export of refunds takes `status` alone. What is"
                        + " absent or null narrows nothing.")
public record ExportFilters(
        @Schema(example = "paid") @Nullable String status,
        @Schema(example = "2026-11-01T00:00:00+13:00") @Nullable String createdGte,
        @Nullable String createdLt,
        @Nullable String merchantReference,
        @Nullable String staticCode,
        @Nullable String amountGte,
        @Nullable String amountLte) {

    public static final ExportFilters NONE =
            new ExportFilters(null, null, null, null, null, null, null);
}
