package io.ferrypay.tradeadmin.settlement.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.settlement.KnowHolidays;
import io.ferrypay.tradeadmin.settlement.KnowHolidays.Reach;
import io.ferrypay.tradeadmin.settlement.ReadBalances;
import io.ferrypay.tradeadmin.settlement.SettleChannelDays;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What job-service orders on the clock, and what staff see of it. */
@RestController
class SettlementJob {

    private final SettleChannelDays settle;
    private final ReadBalances balances;
    private final KnowHolidays holidays;

    SettlementJob(SettleChannelDays settle, ReadBalances balances, KnowHolidays holidays) {
        this.settle = settle;
        this.balances = balances;
        this.holidays = holidays;
    }

    /**
     * @param examined merchants and currencies that were settled; a run looks at all of them
     * @param unknown those that nobody can settle
     */
    record Progress(int examined, int changed, int unknown) {}

    @PostMapping(
            path = "/internal/jobs/settle-channel-days",
            produces = MediaType.APPLICATION_JSON_VALUE)
    Progress settle() {
        var settled = settle.run();
        return new Progress(settled.changed(), settled.changed(), settled.unknown());
    }

    /**
     * @param reconciliationGate whether days must be reconciled before their money is available
     * @param problems whose money waits, and why
     * @param calendars how far the holidays of each are known, and whether that ends soon
     */
    record State(String reconciliationGate, List<String> problems, List<Reach> calendars) {}

    @GetMapping(path = "/console/api/settlement-state", produces = MediaType.APPLICATION_JSON_VALUE)
    State state(StaffCaller caller) {
        caller.require("settlements:read");
        return new State(balances.gate().wireName(), settle.problems(), holidays.reach());
    }
}
