package io.ferrypay.tradeadmin.settlement.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.settlement.Calendars;
import io.ferrypay.tradeadmin.settlement.Calendars.KnownYear;
import io.ferrypay.tradeadmin.settlement.ReadBalances;
import io.ferrypay.tradeadmin.settlement.SettleChannelDays;
import io.ferrypay.tradeadmin.settlement.web.BalanceController.CurrencyBalance;
import io.ferrypay.tradeadmin.settlement.web.BalanceController.SettlementView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What merchants have, and on which days it moves, for staff with {@code settlements:read}. */
@RestController
@RequestMapping(path = "/console/api", produces = MediaType.APPLICATION_JSON_VALUE)
class BalanceConsole {

    private static final String READ = "settlements:read";
    private static final String MERCHANT = "[A-Za-z0-9_]{1,64}";
    private static final int NEWEST = 10;

    private final ReadBalances balances;
    private final Calendars calendars;
    private final SettleChannelDays settle;
    private final Audit audit;

    BalanceConsole(
            ReadBalances balances, Calendars calendars, SettleChannelDays settle, Audit audit) {
        this.balances = balances;
        this.calendars = calendars;
        this.settle = settle;
        this.audit = audit;
    }

    /**
     * @param settlements the ten newest
     */
    record MerchantMoney(List<CurrencyBalance> balances, List<SettlementView> settlements) {}

    @GetMapping("/balances")
    MerchantMoney balances(
            StaffCaller caller,
            @RequestParam @Pattern(regexp = MERCHANT, message = "is not a merchant")
                    String merchant,
            @RequestParam boolean livemode) {
        caller.require(READ);
        var book = Book.of(livemode);
        return new MerchantMoney(
                balances.balances(book, merchant).stream().map(CurrencyBalance::of).toList(),
                balances.settlements(book, merchant, null, NEWEST).stream()
                        .map(settlement -> SettlementView.of(settlement, livemode))
                        .toList());
    }

    record SettleRequest(
            @NotNull @Pattern(regexp = MERCHANT, message = "is not a merchant") String merchant) {}

    record SettledNow(int currencies) {}

    /** Makes a merchant's play money available now; real money is by its terms only. */
    @PostMapping(path = "/balances:settle_test", consumes = MediaType.APPLICATION_JSON_VALUE)
    SettledNow settleTest(StaffCaller caller, @Valid @RequestBody SettleRequest request) {
        caller.require("settlements:hold");
        audit.recordNow(
                Who.staff(caller),
                Audit.Act.of("settlement.test_settled_by_hand", request.merchant()));
        return new SettledNow(settle.settlePlayMoney(request.merchant()));
    }

    record CalendarList(List<KnownYear> data) {}

    /** The years whose holidays are known; in others nothing is settled. */
    @GetMapping("/settlement-calendars")
    CalendarList calendars(StaffCaller caller) {
        caller.require(READ);
        return new CalendarList(calendars.known());
    }
}
