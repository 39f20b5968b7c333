package io.ferrypay.tradeadmin.settlement;

import io.ferrypay.tradeadmin.settlement.ReadBalances.Settlement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;

/** A settlement as its merchant sees it, in the API and inside events. */
@Schema(name = "Settlement")
public record SettlementView(
        String object,
        String id,
        boolean livemode,
        String currency,
        LocalDate firstDay,
        LocalDate lastDay,
        long payments,
        String opening,
        String gross,
        String fees,
        String refunds,
        String net,
        @Schema(description = "What was kept of `net` for a while; see `/v2/reserves`.")
                String reserved,
        String closing,
        String reconciliationGate,
        Instant settledAt) {

    public static SettlementView of(Settlement settlement, boolean livemode) {
        return new SettlementView(
                "settlement",
                settlement.id(),
                livemode,
                settlement.net().currency().code(),
                settlement.firstDay(),
                settlement.lastDay(),
                settlement.payments(),
                settlement.opening().toDecimalString(),
                settlement.gross().toDecimalString(),
                settlement.fees().toDecimalString(),
                settlement.refunds().toDecimalString(),
                settlement.net().toDecimalString(),
                settlement.reserved().toDecimalString(),
                settlement.closing().toDecimalString(),
                settlement.gated() ? "enforced" : "not_enforced",
                settlement.settledAt());
    }
}
