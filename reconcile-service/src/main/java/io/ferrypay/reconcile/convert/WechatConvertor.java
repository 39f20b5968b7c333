package io.ferrypay.reconcile.convert;

import io.ferrypay.money.Currency;
import io.ferrypay.reconcile.convert.BillLine.Kind;
import io.ferrypay.reconcile.convert.BillLine.Status;
import io.ferrypay.reconcile.convert.Conversion.Reason;
import io.ferrypay.reconcile.convert.Conversion.Refused;
import io.ferrypay.reconcile.convert.Values.Unit;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * WeChat's file of payments and refunds: UTF-8, headings, then values after a backtick each.
 * Columns are found by their headings, so that new ones do no harm; headings in another language
 * are taken to be in the documented order.
 *
 * <p>WeChat does not say in which unit amounts are. A point in an amount means whole units; without
 * one our own amounts decide, and if they fit neither, the file is refused.
 */
final class WechatConvertor {

    private static final List<String> HEADINGS =
            List.of(
                    "交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,充值券币种,充值券金额,优惠券币种,优惠券金额,微信退款单号,商户退款单号,退款类型,退款状态,商品名称,商户数据包,手续费,费率,标价币种,订单金额(标价币种),用户支付币种,用户支付金额,结算币种,应结订单金额,支付汇率,退款汇率,申请退款金额,用户退款币种,用户退款金额,退款结算币种,退款应结订单金额,充值券退款金额,优惠券退款金额"
                            .split(","));

    private static final int HEADING_LINES = 5;
    private static final String YUAN = "CNY";

    /** How many of our own amounts may be asked for before a unit is settled on. */
    private static final int MOST_EVIDENCE = 1_000;

    private final KnownAmounts known;
    private final Row row = new Row();
    private Columns columns = new Columns(HEADINGS);
    private Unit unit = Unit.WHOLE;

    WechatConvertor(KnownAmounts known) {
        this.known = known;
    }

    Conversion convert(Statement file, Bill bill) throws IOException {
        try (var in = file.open()) {
            var lines = new Lines(in);
            if (!findHeadings(lines, null)) {
                return new Refused(Reason.NO_HEADINGS);
            }
            var evident = evidentUnit(lines);
            if (evident == null) {
                return new Refused(Reason.UNIT_UNKNOWN);
            }
            unit = evident;
        }
        try (var in = file.open()) {
            var lines = new Lines(in);
            findHeadings(lines, bill);
            return read(lines, bill);
        }
    }

    private boolean findHeadings(Lines lines, @Nullable Bill bill) throws IOException {
        for (int i = 0; i < HEADING_LINES && lines.next(); i++) {
            if (bill != null) {
                bill.aside();
            }
            if (lines.isBlank()) {
                continue;
            }
            var found = lines.cells(',', StandardCharsets.UTF_8);
            if (found.contains("商户订单号") && found.contains("交易状态")) {
                columns = new Columns(found);
                return columns.areComplete();
            }
            // Asked for in English, WeChat gives English names in the same order.
            return found.size() == HEADINGS.size()
                    && !found.getFirst().isEmpty()
                    && found.stream().noneMatch(name -> name.startsWith("`"));
        }
        return false;
    }

    private Conversion read(Lines lines, Bill bill) throws IOException {
        List<String> totals = List.of();
        boolean below = false;
        while (lines.next()) {
            if (lines.isBlank()) {
                bill.aside();
                continue;
            }
            try {
                var text = lines.utf8();
                if (!below) {
                    if (isTotals(text)) {
                        below = true;
                        totals = lines.cells(',', StandardCharsets.UTF_8);
                        bill.aside();
                    } else {
                        row.splitAtBackticks(text);
                        bill.line(line(lines.number()));
                    }
                } else if (text.charAt(0) != '`') {
                    bill.aside();
                } else {
                    row.splitAtBackticks(text);
                    if (row.columns() >= columns.count) {
                        throw new BadField(BadLine.Reason.AFTER_END, null);
                    }
                    compareTotals(totals, bill);
                    bill.aside();
                }
            } catch (BadField why) {
                bill.bad(lines, why);
            }
        }
        return bill.done(lines.number());
    }

    /** The headings of the totals all begin so, as in WeChat's older files. */
    private static boolean isTotals(String text) {
        return text.startsWith("总") || text.regionMatches(true, 0, "Total", 0, 5);
    }

    private void compareTotals(List<String> names, Bill bill) {
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            var theirs = row.get(i);
            switch (name) {
                case "总交易单数" -> compare(name, theirs, BigDecimal.valueOf(bill.records()), bill);
                // Sums over several currencies mean nothing.
                case "订单总金额" -> compareSum(name, theirs, Kind.PAYMENT, bill);
                case "申请退款总金额" -> compareSum(name, theirs, Kind.REFUND, bill);
                default -> {
                    // Coupons and fees, of which no document says in which currency.
                }
            }
        }
    }

    private void compareSum(String name, String theirs, Kind kind, Bill bill) {
        var code = bill.onlyCurrency();
        if (code != null) {
            BigInteger minor = bill.sum(kind);
            compare(
                    name,
                    theirs,
                    new BigDecimal(minor, unit == Unit.WHOLE ? Currency.of(code).exponent() : 0),
                    bill);
        }
    }

    private static void compare(String name, String theirs, BigDecimal ours, Bill bill) {
        if (!theirs.matches("[0-9]{1,24}(\\.[0-9]{1,8})?")
                || new BigDecimal(theirs).compareTo(ours) != 0) {
            bill.totalDiffers(name, Totals.shown(theirs), ours.toPlainString());
        }
    }

    private BillLine line(long number) throws BadField {
        if (row.columns() != columns.count) {
            throw new BadField(BadLine.Reason.COLUMN_COUNT, null);
        }
        var state = row.get(columns.state);
        boolean refund = state.equals("REFUND");
        var priced = Values.currency(row, columns.currency);
        var settled =
                Values.currency(
                        row, refund ? columns.refundSettledCurrency : columns.settledCurrency);
        var status =
                refund
                        ? refundStatus()
                        : state.equals("SUCCESS") ? Status.DONE : unknown(columns.state);
        return new BillLine(
                number,
                refund ? Kind.REFUND : Kind.PAYMENT,
                status,
                Values.required(row, columns.orderNumber),
                Values.required(row, columns.channelReference),
                refund ? Values.required(row, columns.refundNumber) : null,
                refund ? Values.required(row, columns.refundReference) : null,
                Values.reference(row, columns.merchant),
                Values.unsignedAmount(
                        row, refund ? columns.refundAmount : columns.amount, priced, unit),
                priced.code(),
                refund
                        ? yuan(columns.refundPayerCurrency, columns.refundPayerAmount)
                        : yuan(columns.payerCurrency, columns.payerAmount),
                Values.optionalAmount(
                        row,
                        refund ? columns.refundSettledAmount : columns.settledAmount,
                        settled,
                        unit),
                settled.code(),
                Values.fee(row, columns.fee, settled, unit),
                Values.rate(row, refund ? columns.refundRate : columns.rate, true),
                Values.time(row, columns.time),
                null);
    }

    /** A refund under way is already deducted, so it counts. */
    private Status refundStatus() throws BadField {
        return switch (row.get(columns.refundStatus)) {
            case "SUCCESS", "PROCESSING" -> Status.DONE;
            case "FAIL" -> Status.FAILED;
            default -> unknown(columns.refundStatus);
        };
    }

    private static Status unknown(int column) throws BadField {
        throw new BadField(BadLine.Reason.UNKNOWN_STATUS, column);
    }

    private @Nullable Long yuan(int currencyColumn, int amountColumn) throws BadField {
        return row.get(currencyColumn).equals(YUAN)
                ? Values.optionalAmount(row, amountColumn, Currency.CNY, unit)
                : null;
    }

    /** Null when there are amounts, and nothing tells their unit. */
    private @Nullable Unit evidentUnit(Lines lines) throws IOException {
        int asked = 0;
        int whole = 0;
        int minor = 0;
        boolean amounts = false;
        while (lines.next()) {
            try {
                if (lines.isBlank()) {
                    continue;
                }
                var text = lines.utf8();
                if (isTotals(text)) {
                    break;
                }
                row.splitAtBackticks(text);
                if (row.columns() != columns.count) {
                    continue;
                }
                var currency = Values.currency(row, columns.currency);
                var amount = row.get(columns.amount);
                if (amount.matches("[0-9]{1,15}\\.[0-9]{1,4}")
                        || row.get(columns.payerAmount).matches("[0-9]{1,15}\\.[0-9]{2}")) {
                    return Unit.WHOLE;
                }
                amounts |= !amount.equals("0");
                if (asked < MOST_EVIDENCE
                        && currency.exponent() > 0
                        && amount.matches("[1-9][0-9]{0,12}")) {
                    asked++;
                    OptionalLong ours =
                            known.minorUnits(
                                    Values.required(row, columns.orderNumber), currency.code());
                    if (ours.isPresent()) {
                        long theirs = Long.parseLong(amount);
                        minor += ours.getAsLong() == theirs ? 1 : 0;
                        whole += isWhole(theirs, ours.getAsLong(), currency) ? 1 : 0;
                    }
                }
            } catch (BadField _) {
                // It is told when the file is read for good.
            }
        }
        if (!amounts) {
            return Unit.WHOLE;
        }
        // Whole units without a point are documented nowhere, so they are no third way to read.
        return minor > 0 && whole == 0 ? Unit.MINOR : null;
    }

    private static boolean isWhole(long theirs, long oursMinor, Currency currency) {
        return BigDecimal.valueOf(theirs)
                        .compareTo(BigDecimal.valueOf(oursMinor, currency.exponent()))
                == 0;
    }

    /** Where each column is; below zero where there is none. */
    private static final class Columns {

        private final int count;
        private final int time;
        private final int merchant;
        private final int channelReference;
        private final int orderNumber;
        private final int state;
        private final int refundReference;
        private final int refundNumber;
        private final int refundStatus;
        private final int fee;
        private final int currency;
        private final int amount;
        private final int payerCurrency;
        private final int payerAmount;
        private final int settledCurrency;
        private final int settledAmount;
        private final int rate;
        private final int refundRate;
        private final int refundAmount;
        private final int refundPayerCurrency;
        private final int refundPayerAmount;
        private final int refundSettledCurrency;
        private final int refundSettledAmount;

        Columns(List<String> headings) {
            count = headings.size();
            time = headings.indexOf("交易时间");
            merchant = headings.indexOf("子商户号");
            channelReference = headings.indexOf("微信订单号");
            orderNumber = headings.indexOf("商户订单号");
            state = headings.indexOf("交易状态");
            refundReference = headings.indexOf("微信退款单号");
            refundNumber = headings.indexOf("商户退款单号");
            refundStatus = headings.indexOf("退款状态");
            fee = headings.indexOf("手续费");
            currency = headings.indexOf("标价币种");
            amount = headings.indexOf("订单金额(标价币种)");
            payerCurrency = headings.indexOf("用户支付币种");
            payerAmount = headings.indexOf("用户支付金额");
            settledCurrency = headings.indexOf("结算币种");
            settledAmount = headings.indexOf("应结订单金额");
            rate = headings.indexOf("支付汇率");
            refundRate = headings.indexOf("退款汇率");
            refundAmount = headings.indexOf("申请退款金额");
            refundPayerCurrency = headings.indexOf("用户退款币种");
            refundPayerAmount = headings.indexOf("用户退款金额");
            refundSettledCurrency = headings.indexOf("退款结算币种");
            refundSettledAmount = headings.indexOf("退款应结订单金额");
        }

        /** Without these no line could be told. */
        boolean areComplete() {
            return time >= 0
                    && channelReference >= 0
                    && refundReference >= 0
                    && refundNumber >= 0
                    && refundStatus >= 0
                    && currency >= 0
                    && amount >= 0
                    && settledCurrency >= 0
                    && refundAmount >= 0
                    && refundSettledCurrency >= 0;
        }
    }
}
