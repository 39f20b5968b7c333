package io.ferrypay.tradeadmin.pricing;

import io.ferrypay.tradeadmin.ledger.FeeSchedule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Fees by the lists that stood when the payments were made. */
@Component
class FeesOfPayments implements FeeSchedule {

    private final PriceLists lists;

    FeesOfPayments(PriceLists lists) {
        this.lists = lists;
    }

    @Override
    public Map<String, Fee> fees(List<Paid> payments) {
        var known =
                lists.all(
                        PriceKind.FEE,
                        payments.stream().map(Paid::merchantId).collect(Collectors.toSet()));
        var fees = new HashMap<String, Fee>();
        for (var paid : payments) {
            var amount = paid.amount();
            PriceLists.inForce(known, paid.merchantId(), amount.currency(), paid.createdAt())
                    .ifPresent(list ->
                            fees.put(
                                    paid.paymentId(),
                                    new Fee(
                                            list.fee(paid.method(), amount),
                                            list.name(),
                                            list.refundFee() == PriceList.RefundFee.RETURN)));
        }
        return fees;
    }
}
