package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.ProvidesSettlements.Settlement;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementQuery;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementsAnswer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /v3/global/settle/settlements} to its end. Field names are WeChat's; that amounts
 * are minor units and days are {@code yyyyMMdd} is likely and not confirmed, so a day written in
 * another way is refused and not guessed.
 */
final class WechatSettlements {

    /** WeChat gives at most so many at a time. */
    static final int PAGE = 30;

    private static final int MOST_PAGES = 100;

    private WechatSettlements() {}

    static SettlementsAnswer all(WechatClient client, SettlementQuery query) {
        var found = new ArrayList<Settlement>();
        for (int page = 0; page < MOST_PAGES; page++) {
            switch (client.settlements(query, found.size())) {
                case WechatAnswer.Done<Page>(var told) -> {
                    var data = told.data() == null ? List.<Row>of() : told.data();
                    var total = told.totalCount();
                    if (total == null) {
                        return new SettlementsAnswer.Unknown("no total_count");
                    }
                    for (var row : data) {
                        var settlement = row.read();
                        if (settlement == null) {
                            return new SettlementsAnswer.Unknown("a batch that cannot be read");
                        }
                        found.add(settlement);
                    }
                    if (found.size() >= total) {
                        return new SettlementsAnswer.Known(List.copyOf(found));
                    }
                    if (data.isEmpty()) {
                        return new SettlementsAnswer.Unknown("fewer batches than counted");
                    }
                }
                case WechatAnswer.Refused<Page>(var error) -> {
                    return new SettlementsAnswer.Refused(error.name());
                }
                case WechatAnswer.Misconfigured<Page>(var error) -> {
                    return new SettlementsAnswer.Unknown(error.name());
                }
                case WechatAnswer.NotNow<Page>(var why) -> {
                    return new SettlementsAnswer.Unknown(why);
                }
                case WechatAnswer.Unknown<Page>(var why, _) -> {
                    return new SettlementsAnswer.Unknown(why);
                }
            }
        }
        return new SettlementsAnswer.Unknown("more batches than can be");
    }

    /** Part of the answer. */
    record Page(@Nullable List<Row> data, @Nullable Integer totalCount) {}

    /** One batch on the wire. */
    record Row(
            @Nullable String batchId,
            @Nullable String settlementDate,
            @Nullable String tradeStartDate,
            @Nullable String tradeEndDate,
            @Nullable Amount amount) {

        private @Nullable Settlement read() {
            if (amount == null || amount.currency() == null) {
                return null;
            }
            try {
                return new Settlement(
                        batchId,
                        day(settlementDate),
                        day(tradeStartDate),
                        day(tradeEndDate),
                        amount.currency(),
                        amount.pay(),
                        amount.refund(),
                        amount.net(),
                        amount.fee(),
                        amount.settled(),
                        amount.unsettle());
            } catch (DateTimeException _) {
                return null;
            }
        }

        private static @Nullable LocalDate day(@Nullable String text) {
            return text == null || text.isBlank()
                    ? null
                    : LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        }
    }

    record Amount(
            @Nullable Long settled,
            @Nullable Long unsettle,
            @Nullable String currency,
            @Nullable Long pay,
            @Nullable Long refund,
            @Nullable Long net,
            @Nullable Long fee) {}
}
