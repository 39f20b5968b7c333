package io.ferrypay.paymentchannel.staticcode;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.paymentchannel.risk.UsualUse;
import io.ferrypay.paymentchannel.risk.UsualUse.Usual;
import io.ferrypay.paymentchannel.staticcode.UnusualUses.Used;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks every minute at the printed codes that were used within the last hour, and tells their
 * shops of what is unusual, once for each spell. Payments wait for none of it.
 */
@Service
class WatchStaticCodes {

    private static final Logger log = LoggerFactory.getLogger(WatchStaticCodes.class);
    private static final Duration RECENT = Duration.ofHours(1);
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 40;

    private final UnusualUses uses;
    private final UsualUse usual;
    private final UnusualUseRules rules;
    private final StaticCodeSettings.UnusualUse settings;
    private final Outbox outbox;
    private final TransactionOperations transactions;
    private final JsonMapper json;
    private final Clock clock;

    WatchStaticCodes(
            UnusualUses uses,
            UsualUse usual,
            StaticCodeSettings settings,
            Outbox outbox,
            TransactionOperations transactions,
            JsonMapper json,
            Clock clock) {
        this.uses = uses;
        this.usual = usual;
        this.settings = settings.unusualUse();
        this.rules = new UnusualUseRules(this.settings);
        this.outbox = outbox;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void watch() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var last = "";
        for (var batch = 0; batch < MOST_BATCHES; batch++) {
            var after = last;
            var looked = transactions.execute(_ -> look(after, now));
            if (looked == null || looked.size() < BATCH) {
                break;
            }
            last = looked.getLast().code().id();
        }
        uses.endQuiet(now.minus(settings.quietAfter()), now);
        uses.forget(now.minus(settings.kept()), BATCH);
    }

    /** One batch of codes, those after that id; nothing when another instance is at it. */
    private List<Used> look(String after, Instant now) {
        if (!uses.isOursToLook()) {
            return List.of();
        }
        var used = uses.usedSince(now.minus(RECENT), after, BATCH);
        var learned = learn(used, now);
        var fresh = new ArrayList<Event>();
        for (var each : used) {
            var known = learned.getOrDefault(each.code().id(), each.usual());
            for (var finding : rules.judge(each.recent(), known)) {
                uses.begin(newId(now), each.code(), finding, now)
                        .ifPresent(begun -> {
                            log.info("Unusual use of {}: {}", begun.staticCode(), begun.kind());
                            fresh.add(event(begun));
                        });
            }
        }
        if (!fresh.isEmpty()) {
            outbox.append(fresh);
        }
        return used;
    }

    /** What is usual of those of which it was not looked up for a while. */
    private Map<String, Usual> learn(List<Used> used, Instant now) {
        var outdated =
                used.stream()
                        .filter(each ->
                                each.usualAsOf() == null
                                        || each.usualAsOf()
                                                .isBefore(now.minus(settings.usualFor())))
                        .map(Used::code)
                        .toList();
        if (outdated.isEmpty()) {
            return Map.of();
        }
        // Not what is looked at just now.
        var learned = usual.before(now.minus(RECENT).truncatedTo(ChronoUnit.HOURS), outdated);
        uses.keepUsual(learned, now);
        return learned;
    }

    private static String newId(Instant now) {
        return "uu_" + UlidCreator.getMonotonicUlid(now.toEpochMilli());
    }

    private Event event(UnusualUse begun) {
        var data = json.createObjectNode();
        data.put("merchant_id", begun.merchantId()).put("livemode", begun.livemode());
        data.set("object", json.valueToTree(begun.view()));
        data.putNull("previous");
        return Event.of("static_code.unusual_use", begun.id(), 1, begun.beganAt(), data);
    }
}
