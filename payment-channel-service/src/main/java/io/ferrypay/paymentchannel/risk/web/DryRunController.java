package io.ferrypay.paymentchannel.risk.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.paymentchannel.risk.DryRun;
import io.ferrypay.paymentchannel.risk.DryRuns;
import io.ferrypay.paymentchannel.risk.PaymentHistory.Outcome;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What a rule would have done: for whoever writes rules. */
@RestController
@RequestMapping("/console/api/risk/dry_runs")
class DryRunController {

    private static final String WRITE = "risk:write";

    private final DryRuns runs;

    DryRunController(DryRuns runs) {
        this.runs = runs;
    }

    record Ask(
            @NotNull JsonNode condition,
            @Nullable @Pattern(regexp = "mer_[0-9A-Za-z]{26}", message = "is no merchant")
                    String merchantId,
            boolean livemode) {}

    record RunView(
            String object,
            String id,
            @Nullable String merchantId,
            boolean livemode,
            JsonNode condition,
            String status,
            Instant from,
            Instant until,
            int progressPercent,
            @Nullable String failureCode,
            @Nullable ResultView result,
            Instant createdAt,
            @Nullable Instant endedAt) {

        static RunView of(DryRun run) {
            return new RunView(
                    "risk_dry_run",
                    run.id(),
                    run.merchantId(),
                    run.livemode(),
                    run.condition(),
                    run.status().wireName(),
                    run.from(),
                    run.until(),
                    run.progressPercent(),
                    run.failureCode(),
                    run.result() == null ? null : ResultView.of(run.result()),
                    run.createdAt(),
                    run.endedAt());
        }
    }

    record ResultView(
            long payments,
            long hits,
            long hitsAtCreation,
            List<SumView> sums,
            List<DryRun.Day> days,
            Map<String, Long> outcomes,
            List<HitView> sample) {

        static ResultView of(DryRun.Result result) {
            return new ResultView(
                    result.payments(),
                    result.hits(),
                    result.hitsAtCreation(),
                    result.sums().entrySet().stream()
                            .map(sum -> new SumView(sum.getKey(), sum.getValue()))
                            .toList(),
                    result.days(),
                    Arrays.stream(Outcome.values())
                            .collect(
                                    Collectors.toMap(
                                            DryRunController::text,
                                            outcome ->
                                                    result.outcomes().getOrDefault(outcome, 0L))),
                    result.sample().stream().map(HitView::of).toList());
        }
    }

    record SumView(String currency, String amount) {}

    record HitView(
            String payment,
            String merchantId,
            String merchantReference,
            String amount,
            String currency,
            Instant createdAt,
            String stage,
            String outcome) {

        static HitView of(DryRun.Hit hit) {
            return new HitView(
                    hit.payment(),
                    hit.merchantId(),
                    hit.merchantReference(),
                    hit.amount(),
                    hit.currency(),
                    hit.createdAt(),
                    hit.atCreation() ? "creation" : "success",
                    text(hit.outcome()));
        }
    }

    private static String text(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunView ask(StaffCaller caller, @Valid @RequestBody Ask wanted) {
        caller.require(WRITE);
        return RunView.of(
                runs.ask(caller, wanted.merchantId(), wanted.livemode(), wanted.condition()));
    }

    @GetMapping("/{id}")
    RunView one(StaffCaller caller, @PathVariable String id) {
        caller.require(WRITE);
        return RunView.of(runs.find(id));
    }
}
