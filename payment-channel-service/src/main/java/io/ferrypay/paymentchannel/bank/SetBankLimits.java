package io.ferrypay.paymentchannel.bank;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Records new limits of one bank. They replace all earlier ones from their time on. */
@Service
public class SetBankLimits {

    private static final Duration FARTHEST_AHEAD = Duration.ofDays(366);

    private final BankTables tables;
    private final Clock clock;

    SetBankLimits(BankTables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** What came of it. */
    public enum Result {
        DONE,
        NO_SUCH_BANK,
        /** Limits that are as new or newer are recorded already. */
        NOT_THE_LATEST,
        /** They would hold from more than a year ahead. */
        TOO_FAR_AHEAD,
        /** A tool twice. */
        TOOL_TWICE
    }

    /**
     * @param limits at least one, all with the same {@code validFrom}
     */
    @Transactional
    public Result set(String bankCode, List<BankLimit> limits, String recordedBy) {
        var tools = EnumSet.noneOf(BankTool.class);
        for (var limit : limits) {
            if (!tools.add(limit.tool())) {
                return Result.TOOL_TWICE;
            }
        }
        var now = clock.instant();
        var validFrom = limits.getFirst().validFrom();
        if (validFrom.isAfter(now.plus(FARTHEST_AHEAD))) {
            return Result.TOO_FAR_AHEAD;
        }
        if (!tables.lock(bankCode)) {
            return Result.NO_SUCH_BANK;
        }
        var latest = tables.latest(bankCode).orElse(null);
        if (latest != null && !validFrom.isAfter(latest)) {
            return Result.NOT_THE_LATEST;
        }
        limits.forEach(limit -> tables.add(bankCode, limit, recordedBy, now));
        return Result.DONE;
    }

    /** Everything ever recorded of a bank, newest first. */
    public List<RecordedLimit> history(String bankCode) {
        return tables.history(bankCode);
    }
}
