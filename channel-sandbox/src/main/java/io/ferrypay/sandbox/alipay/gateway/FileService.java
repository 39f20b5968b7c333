package io.ferrypay.sandbox.alipay.gateway;

import io.ferrypay.sandbox.alipay.fault.AlipayFaults;
import io.ferrypay.sandbox.alipay.order.AlipayRates;
import io.ferrypay.sandbox.alipay.order.Trades;
import io.ferrypay.sandbox.control.SandboxClock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The text files: rates, what happened in a period, and what of it has been settled. */
@Component
class FileService {

    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(BEIJING);
    private static final LocalTime RATES_CHANGE = LocalTime.of(10, 0, 30);
    private static final BigDecimal FEE = new BigDecimal("0.01");
    private static final Duration SETTLED_AFTER = Duration.ofDays(1);
    private static final int MOST_DAYS = 10;

    private final Trades trades;
    private final AlipayRates rates;
    private final AlipayFaults faults;
    private final SandboxClock clock;

    FileService(Trades trades, AlipayRates rates, AlipayFaults faults, SandboxClock clock) {
        this.trades = trades;
        this.rates = rates;
        this.faults = faults;
        this.clock = clock;
    }

    /** Until ten in the morning they are yesterday's. */
    String rateFile() {
        var now = clock.instant().atOffset(BEIJING).toLocalDateTime();
        var day =
                now.toLocalTime().isBefore(RATES_CHANGE)
                        ? now.toLocalDate().minusDays(1)
                        : now.toLocalDate();
        var file = new StringBuilder();
        rates.all().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(rate ->
                        file.append(
                                "%s|100030|%s|%s|\n"
                                        .formatted(
                                                DAY.format(day),
                                                rate.getKey(),
                                                rate.getValue()
                                                        .setScale(6, RoundingMode.HALF_UP)
                                                        .toPlainString())));
        return file.toString();
    }

    /** Lines of that period, or Alipay's words for why there are none. */
    String compareFile(String startDate, String endDate) {
        return file(startDate, endDate, false);
    }

    String liquidationFile(String startDate, String endDate) {
        return file(startDate, endDate, true);
    }

    private String file(String startDate, String endDate, boolean settled) {
        LocalDate start;
        LocalDate end;
        try {
            start = LocalDate.parse(startDate, DAY);
            end = LocalDate.parse(endDate, DAY);
        } catch (DateTimeException e) {
            return "Date format incorrect YYYYMMDD";
        }
        var today = LocalDate.ofInstant(clock.instant(), BEIJING);
        if (end.isBefore(start)) {
            return "Finish date ahead of begin date";
        }
        if (!end.isBefore(today)) {
            return "Finish date not ahead of today";
        }
        if (ChronoUnit.DAYS.between(start, end) >= MOST_DAYS) {
            return "Over 10 days to Date period";
        }
        // What is settled on a day was paid on the day before.
        var shift = settled ? SETTLED_AFTER : Duration.ZERO;
        var lines =
                lines(
                        start.atStartOfDay().toInstant(BEIJING).minus(shift),
                        end.plusDays(1).atStartOfDay().toInstant(BEIJING).minus(shift),
                        settled);
        return lines.isEmpty() ? "No balance account data in the period" : lines;
    }

    private String lines(Instant from, Instant until, boolean settled) {
        var wrong = faults.statement();
        var file = new StringBuilder();
        for (var trade : trades.paidBetween(from, until)) {
            var payment = trade.payment();
            if (payment != null && !wrong.misses(trade.outTradeNo())) {
                file.append(
                        line(
                                trade.outTradeNo(),
                                trade.amount(),
                                trade.currency(),
                                payment.at(),
                                "P",
                                settled));
            }
        }
        for (var refund : trades.refundedBetween(from, until)) {
            if (!wrong.misses(refund.number())) {
                file.append(
                        line(
                                refund.number(),
                                refund.amount(),
                                refund.currency(),
                                refund.at(),
                                "R",
                                settled));
            }
        }
        for (int i = 1; i <= wrong.extra(); i++) {
            var number = "EXTRA" + DAY.format(from.atOffset(BEIJING)) + "%04d".formatted(i);
            file.append(line(number, new BigDecimal("10.00"), "NZD", from, "P", settled));
        }
        return file.toString();
    }

    private String line(
            String number,
            BigDecimal amount,
            String currency,
            Instant at,
            String type,
            boolean settled) {
        var decimals = AlipayRates.decimals(currency);
        var told =
                faults.statement().changes(number)
                        ? amount.add(BigDecimal.ONE.movePointLeft(decimals))
                        : amount;
        var fee =
                type.equals("P")
                        ? told.multiply(FEE).setScale(decimals, RoundingMode.HALF_UP)
                        : BigDecimal.ZERO.setScale(decimals);
        return "%s|%s|%s|%s|%s|%s|%s|%s|\n"
                .formatted(
                        number,
                        // An order that a restart has brought back may have lost its zeros.
                        told.setScale(decimals, RoundingMode.HALF_UP).toPlainString(),
                        currency,
                        PLAIN.format(at),
                        settled ? PLAIN.format(at.plus(SETTLED_AFTER)) : "",
                        type,
                        fee.toPlainString(),
                        settled ? "L" : "P");
    }
}
