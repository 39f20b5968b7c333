package io.ferrypay.sandbox.wechat.statement;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.fault.ApiOperation;
import io.ferrypay.sandbox.wechat.wire.ApiDesk;
import io.ferrypay.sandbox.wechat.wire.WechatCall;
import io.ferrypay.sandbox.wechat.wire.WechatError;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What has been paid out to a shop: here each Beijing day is a batch, paid out on the next one,
 * holidays or not. What is not paid out yet is listed by the day it is to be paid out.
 */
@RestController
class SettlementController {

    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int LARGEST_PAGE = 30;
    private static final int MOST_DAYS = 400;

    private final ApiDesk desk;
    private final StatementFile file;
    private final WechatProperties properties;
    private final SandboxClock clock;

    SettlementController(
            ApiDesk desk, StatementFile file, WechatProperties properties, SandboxClock clock) {
        this.desk = desk;
        this.file = file;
        this.properties = properties;
        this.clock = clock;
    }

    @GetMapping("/v3/global/settle/settlements")
    ResponseEntity<byte[]> settlements(HttpServletRequest request) {
        return desk.answer(
                request, ApiOperation.SETTLEMENT, "", call -> settlements(request, call));
    }

    private Object settlements(HttpServletRequest request, WechatCall call) {
        if (!call.mchid().equals(request.getParameter("sp_mchid"))) {
            throw WechatError.badInput("query", "sp_mchid", "is not the mchid that signed");
        }
        var shop = properties.subMerchant(request.getParameter("sub_mchid"));
        if (shop == null) {
            throw WechatError.of(403, "NO_AUTH", "sub_mchid does not belong to this sp_mchid.");
        }
        var settled = isSettled(request.getParameter("settle_state"));
        var start = day("settle_start_date", request.getParameter("settle_start_date"));
        var end = day("settle_end_date", request.getParameter("settle_end_date"));
        if (end.isBefore(start) || start.plusDays(MOST_DAYS).isBefore(end)) {
            throw WechatError.badInput("query", "settle_end_date", "is no end of such a period");
        }
        var offset = number("offset", request.getParameter("offset"), 0, Integer.MAX_VALUE);
        var limit = number("limit", request.getParameter("limit"), 1, LARGEST_PAGE);
        var today = LocalDate.ofInstant(clock.instant(), BEIJING);
        var batches = new ArrayList<Batch>();
        for (var day = start; !day.isAfter(end); day = day.plusDays(1)) {
            if (day.isAfter(today) == settled) {
                continue; // What is paid out today or earlier is settled.
            }
            var trades = day.minusDays(1);
            var totals = file.totals(trades, shop.mchid());
            if (totals.lines() > 0) {
                batches.add(batch(shop, day, trades, totals, settled));
            }
        }
        var page = batches.stream().skip(offset).limit(limit).toList();
        return new Answer(page, batches.size(), offset, limit);
    }

    private static Batch batch(
            WechatProperties.SubMerchant shop,
            LocalDate day,
            LocalDate trades,
            StatementFile.Totals totals,
            boolean settled) {
        var owed = totals.net() - totals.fee();
        return new Batch(
                DAY.format(day) + shop.mchid(),
                DAY.format(day),
                DAY.format(trades),
                DAY.format(trades),
                new Amount(
                        settled ? owed : 0,
                        settled ? 0 : owed,
                        shop.currency(),
                        totals.pay(),
                        totals.refund(),
                        totals.net(),
                        totals.fee()),
                "CHINA_MAINLAND");
    }

    private static boolean isSettled(@Nullable String state) {
        return switch (state) {
            case "SETTLED" -> true;
            case "UNSETTLE" -> false;
            case null, default ->
                    throw WechatError.badInput(
                            "query", "settle_state", "is neither SETTLED nor UNSETTLE");
        };
    }

    private static LocalDate day(String field, @Nullable String text) {
        try {
            return LocalDate.parse(text == null ? "" : text, DAY);
        } catch (DateTimeParseException e) {
            throw WechatError.badInput("query", field, "is not of the form yyyyMMdd");
        }
    }

    private static int number(String field, @Nullable String text, int least, int most) {
        try {
            int number = text == null ? least : Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused as one that is out of range.
        }
        throw WechatError.badInput("query", field, "is out of range");
    }

    private record Answer(List<Batch> data, int totalCount, int offset, int limit) {}

    private record Batch(
            String batchId,
            String settlementDate,
            String tradeStartDate,
            String tradeEndDate,
            Amount amount,
            String walletRegion) {}

    private record Amount(
            long settled,
            long unsettle,
            String currency,
            long pay,
            long refund,
            long net,
            long fee) {}
}
