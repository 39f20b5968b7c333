package io.ferrypay.paymentchannel.statement.web;

import io.ferrypay.identity.ForServices;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.Settlement;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementQuery;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementsAnswer;
import io.ferrypay.paymentchannel.statement.FetchSettlements;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /internal/channel-accounts/{account}/settlements}: what its company says it has paid out
 * to a merchant, or still owes. Amounts are minor units.
 */
@RestController
@ForServices({"reconcile-service", "job-service"})
@RequestMapping("/internal/channel-accounts")
class SettlementController {

    private static final ProblemCode REFUSED =
            ProblemCode.of("settlements_refused", 422, "The channel will not tell");
    private static final ProblemCode UNAVAILABLE =
            ProblemCode.temporary("settlements_unavailable", 502, "The channel did not tell");

    private final FetchSettlements fetchSettlements;

    SettlementController(FetchSettlements fetchSettlements) {
        this.fetchSettlements = fetchSettlements;
    }

    /**
     * @param state {@code settled} or {@code unsettled}
     * @param from first Beijing day, {@code 2026-11-24}
     * @param until last day, included
     */
    @GetMapping(path = "/{account}/settlements", produces = MediaType.APPLICATION_JSON_VALUE)
    SettlementList settlements(
            @PathVariable String account,
            @RequestParam(name = "sub_merchant_id", defaultValue = "") String subMerchantId,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until) {
        if (!subMerchantId.matches("[0-9A-Za-z_-]{1,32}")) {
            throw ApiException.invalid(
                    "/sub_merchant_id", "wrong_format", "must be the channel's number");
        }
        if (!state.equals("settled") && !state.equals("unsettled")) {
            throw ApiException.invalid("/state", "not_allowed", "must be settled or unsettled");
        }
        var first = day("/from", from);
        var last = day("/until", until);
        if (last.isBefore(first)) {
            throw ApiException.invalid("/until", "too_small", "must not be before from");
        }
        var query = new SettlementQuery(subMerchantId, state.equals("settled"), first, last);
        var answer =
                fetchSettlements
                        .fetch(account, query)
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        return switch (answer) {
            case SettlementsAnswer.Known(var settlements) -> new SettlementList(settlements);
            case SettlementsAnswer.Refused(var code) -> throw ApiException.of(REFUSED, code);
            case SettlementsAnswer.Unknown(var why) -> throw ApiException.of(UNAVAILABLE, why);
        };
    }

    private static LocalDate day(String pointer, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            throw ApiException.invalid(pointer, "wrong_format", "must be a day such as 2026-11-24");
        }
    }

    record SettlementList(List<Settlement> settlements) {}
}
