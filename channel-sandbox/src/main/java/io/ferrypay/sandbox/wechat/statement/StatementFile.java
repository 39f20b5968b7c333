package io.ferrypay.sandbox.wechat.statement;

import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.PaidBy;
import io.ferrypay.sandbox.wechat.order.Payment;
import io.ferrypay.sandbox.wechat.order.Refund;
import io.ferrypay.sandbox.wechat.order.RefundStatus;
import io.ferrypay.sandbox.wechat.order.Refunds;
import io.ferrypay.sandbox.wechat.order.YuanRates;
import io.ferrypay.sandbox.wechat.statement.StatementSwitches.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the file: a header, a line for each payment of the day and each refund accepted on it,
 * every value after a backtick. UTF-8 with a byte order mark, lines ended by CR LF.
 */
@Component
class StatementFile {

    static final String HEADER =
            "交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,"
                    + "充值券币种,充值券金额,优惠券币种,优惠券金额,微信退款单号,商户退款单号,退款类型,退款状态,商品名称,商户数据包,"
                    + "手续费,费率,标价币种,订单金额(标价币种),用户支付币种,用户支付金额,结算币种,应结订单金额,支付汇率,退款汇率,"
                    + "申请退款金额,用户退款币种,用户退款金额,退款结算币种,退款应结订单金额,充值券退款金额,优惠券退款金额";

    private static final List<String> COLUMNS = List.of(HEADER.split(","));
    private static final String SUMMARY = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
    private static final String CURRENCY = "标价币种";
    private static final String PRICE = "订单金额(标价币种)";
    private static final String SETTLED = "应结订单金额";
    private static final String YUAN = "CNY";
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(BEIJING);
    private static final int RATE_SCALE = 8;

    /** Two per cent, which is plausible and nobody's contract. */
    private static final BigDecimal FEE_RATE = new BigDecimal("0.02");

    private final Orders orders;
    private final Refunds refunds;
    private final WechatProperties properties;
    private final YuanRates rates;

    StatementFile(Orders orders, Refunds refunds, WechatProperties properties, YuanRates rates) {
        this.orders = orders;
        this.refunds = refunds;
        this.properties = properties;
        this.rates = rates;
    }

    private record Line(Instant at, Map<String, String> values) {}

    /**
     * The file of that Beijing day, or null when nothing happened on it.
     *
     * @param subMchid only this shop's lines; null for all
     */
    byte @Nullable [] of(
            LocalDate day, @Nullable String subMchid, StatementSwitches.Setting setting) {
        var lines = lines(day, subMchid, setting);
        if (lines.isEmpty()) {
            return null;
        }
        var text = new StringBuilder("\ufeff").append(HEADER).append("\r\n");
        for (var line : lines) {
            var values = COLUMNS.stream().map(name -> line.values().getOrDefault(name, ""));
            text.append('`').append(String.join(",`", values.toList())).append("\r\n");
        }
        var lie = setting.all().stream().anyMatch(edit -> edit.kind() == Kind.TOTAL) ? 1 : 0;
        if (setting.summary() || lie > 0) {
            text.append(SUMMARY).append("\r\n");
            text.append(
                    "`%d,`0.00,`0.00,`0.00,`0.00,`0.00,`0.00\r\n".formatted(lines.size() + lie));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What a day came to for a shop, in minor units of the currency it is settled in.
     *
     * @param pay what payers paid
     * @param refund what went back to them
     */
    record Totals(int lines, long pay, long refund, long fee) {

        long net() {
            return pay - refund;
        }
    }

    Totals totals(LocalDate day, String subMchid) {
        int lines = 0;
        long pay = 0;
        long refund = 0;
        long fee = 0;
        for (var order : orders.paid()) {
            var payment = order.payment();
            if (payment != null
                    && isOn(day, payment.at())
                    && order.terms().subMchid().equals(subMchid)) {
                var settled = settled(order, order.terms().total());
                lines++;
                pay += settled;
                fee += fee(settled);
            }
        }
        for (var back : refunds.all()) {
            var order = orders.find(back.outTradeNo());
            if (order != null
                    && isOn(day, back.createdAt())
                    && back.subMchid().equals(subMchid)
                    && back.status() != RefundStatus.REFUNDCLOSE) {
                lines++;
                refund += settled(order, back.terms().refund());
            }
        }
        return new Totals(lines, pay, refund, fee);
    }

    private static long fee(long settled) {
        return BigDecimal.valueOf(settled)
                .multiply(FEE_RATE)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private List<Line> lines(
            LocalDate day, @Nullable String subMchid, StatementSwitches.Setting setting) {
        var lines = new ArrayList<Line>();
        for (var order : orders.paid()) {
            var payment = order.payment();
            if (payment != null
                    && isOn(day, payment.at())
                    && isOf(order.terms().subMchid(), subMchid)
                    && !has(setting, Kind.MISSING, order.outTradeNo(), null)) {
                add(lines, payment.at(), payment(order, payment, setting), setting, order, null);
            }
        }
        for (var refund : refunds.all()) {
            var order = orders.find(refund.outTradeNo());
            var payment = order == null ? null : order.payment();
            if (order != null
                    && payment != null
                    && isOn(day, refund.createdAt())
                    && isOf(refund.subMchid(), subMchid)
                    && !has(setting, Kind.MISSING, refund.outTradeNo(), refund.outRefundNo())) {
                add(
                        lines,
                        refund.createdAt(),
                        refund(order, payment, refund, setting),
                        setting,
                        order,
                        refund.outRefundNo());
            }
        }
        for (var edit : setting.all()) {
            var noon = day.atTime(12, 0).toInstant(BEIJING);
            switch (edit.kind()) {
                case EXTRA -> lines.add(new Line(noon, extra(edit.outTradeNo(), noon, setting)));
                case UNREADABLE -> {
                    var line = extra(edit.outTradeNo(), noon, setting);
                    line.put(PRICE, "a lot");
                    lines.add(new Line(noon, line));
                }
                case ORPHAN -> lines.add(new Line(noon, orphan(edit, noon, setting)));
                default -> {
                    // About lines that are there.
                }
            }
        }
        lines.sort(Comparator.comparing(Line::at));
        return lines;
    }

    /** With what is to be wrong about it. */
    private void add(
            List<Line> lines,
            Instant at,
            Map<String, String> line,
            StatementSwitches.Setting setting,
            Order order,
            @Nullable String refund) {
        for (var edit : setting.all()) {
            if (edit.isAbout(order.outTradeNo(), refund)) {
                switch (edit.kind()) {
                    case CURRENCY -> line.put(CURRENCY, "AUD");
                    case STATUS -> line.put("退款状态", "FAIL");
                    case FEE -> more(line, "手续费", "1.00", setting);
                    case RATE ->
                            line.computeIfPresent(
                                    "支付汇率",
                                    (_, told) -> Long.toString(Long.parseLong(told) / 100 * 101));
                    case MERCHANT -> line.put("子商户号", "1900009999");
                    case SHORT -> more(line, SETTLED, "-0.50", setting);
                    case OVER -> more(line, SETTLED, "0.50", setting);
                    case DUPLICATE -> lines.add(new Line(at, line));
                    default -> {
                        // Said where the line is written, or about none.
                    }
                }
            }
        }
        lines.add(new Line(at, line));
    }

    private static void more(
            Map<String, String> line, String column, String by, StatementSwitches.Setting setting) {
        var step = new BigDecimal(by);
        line.computeIfPresent(
                column,
                (_, told) ->
                        new BigDecimal(told)
                                .add(setting.minorUnits() ? step.movePointRight(2) : step)
                                .toPlainString());
    }

    private Map<String, String> orphan(
            StatementSwitches.Edit edit, Instant at, StatementSwitches.Setting setting) {
        var shop = properties.subMerchants().getFirst();
        var line = extra("NOBODY" + edit.outTradeNo(), at, setting);
        line.put("交易状态", "REFUND");
        line.put("微信退款单号", "5000000000" + "9".repeat(18));
        line.put("商户退款单号", edit.outTradeNo());
        line.put("退款状态", "SUCCESS");
        line.put("申请退款金额", amount(100, shop.currency(), setting));
        line.put("用户退款币种", YUAN);
        line.put("用户退款金额", amount(rates.fen(100, shop.currency()), YUAN, setting));
        line.put("退款结算币种", shop.currency());
        line.put("退款应结订单金额", amount(100, shop.currency(), setting));
        return line;
    }

    private Map<String, String> payment(
            Order order, Payment payment, StatementSwitches.Setting setting) {
        var lie = has(setting, Kind.AMOUNT, order.outTradeNo(), null) ? 1 : 0;
        var line = common(order, payment, order.terms().total() + lie, setting);
        line.put("交易时间", TIME.format(payment.at()));
        line.put("交易状态", "SUCCESS");
        var currency = settlementCurrency(order);
        var settled = settled(order, order.terms().total() + lie);
        line.put("手续费", amount(fee(settled), currency, setting));
        line.put(SETTLED, amount(settled, currency, setting));
        line.put("用户支付金额", amount(payment.payerTotal(), YUAN, setting));
        for (var name : List.of("申请退款金额", "用户退款金额", "退款应结订单金额", "充值券退款金额", "优惠券退款金额")) {
            line.put(name, amount(0, YUAN, setting));
        }
        return line;
    }

    private Map<String, String> refund(
            Order order, Payment payment, Refund refund, StatementSwitches.Setting setting) {
        var lie = has(setting, Kind.AMOUNT, refund.outTradeNo(), refund.outRefundNo()) ? 1 : 0;
        var line = common(order, payment, order.terms().total(), setting);
        line.put("交易时间", TIME.format(refund.createdAt()));
        line.put("交易状态", "REFUND");
        line.put("微信退款单号", refund.id());
        line.put("商户退款单号", refund.outRefundNo());
        line.put("退款类型", "ORIGINAL");
        line.put(
                "退款状态",
                switch (refund.status()) {
                    case SUCCESS -> "SUCCESS";
                    case PROCESSING, ABNORMAL -> "PROCESSING";
                    case REFUNDCLOSE -> "FAIL";
                });
        var currency = settlementCurrency(order);
        line.put("手续费", amount(0, currency, setting));
        line.put(SETTLED, amount(0, currency, setting));
        line.put("用户支付金额", amount(0, YUAN, setting));
        line.put("退款汇率", rate(refund.rate()));
        line.put(
                "申请退款金额",
                amount(refund.terms().refund() + lie, refund.terms().currency(), setting));
        line.put("用户退款币种", YUAN);
        line.put("用户退款金额", amount(refund.payerRefund(), YUAN, setting));
        line.put("退款结算币种", currency);
        line.put(
                "退款应结订单金额",
                amount(settled(order, refund.terms().refund() + lie), currency, setting));
        line.put("充值券退款金额", amount(0, YUAN, setting));
        line.put("优惠券退款金额", amount(0, YUAN, setting));
        return line;
    }

    private Map<String, String> common(
            Order order, Payment payment, long total, StatementSwitches.Setting setting) {
        var terms = order.terms();
        var line = new TreeMap<String, String>();
        line.put("公众账号ID", terms.spAppid());
        line.put("商户号", terms.spMchid());
        line.put("子商户号", terms.subMchid());
        line.put("微信订单号", payment.id());
        line.put("商户订单号", terms.outTradeNo());
        line.put("用户标识", payment.by().openid());
        line.put("交易类型", terms.tradeType().name());
        line.put("付款银行", payment.by().bankType());
        line.put("充值券金额", amount(0, YUAN, setting));
        line.put("优惠券金额", amount(0, YUAN, setting));
        line.put("商品名称", oneLine(terms.description()));
        line.put("商户数据包", terms.attach() == null ? "" : oneLine(terms.attach()));
        line.put("费率", FEE_RATE.movePointRight(2).toPlainString() + "%");
        line.put(CURRENCY, terms.currency());
        line.put(PRICE, amount(total, terms.currency(), setting));
        line.put("用户支付币种", YUAN);
        line.put("结算币种", settlementCurrency(order));
        line.put("支付汇率", rate(payment.rate()));
        return line;
    }

    private Map<String, String> extra(
            String number, Instant at, StatementSwitches.Setting setting) {
        var shop = properties.subMerchants().getFirst();
        var line = new TreeMap<String, String>();
        line.put("交易时间", TIME.format(at));
        line.put("公众账号ID", properties.spAppid());
        line.put("商户号", properties.spMchid());
        line.put("子商户号", shop.mchid());
        line.put("微信订单号", "4200000000" + "9".repeat(18));
        line.put("商户订单号", number);
        line.put("用户标识", PaidBy.TEST_PAYER.openid());
        line.put("交易类型", "NATIVE");
        line.put("交易状态", "SUCCESS");
        line.put("付款银行", PaidBy.TEST_PAYER.bankType());
        line.put("商品名称", "Extra");
        line.put("手续费", amount(2, shop.currency(), setting));
        line.put("费率", "2.00%");
        line.put(CURRENCY, shop.currency());
        line.put(PRICE, amount(100, shop.currency(), setting));
        line.put("用户支付币种", YUAN);
        line.put("用户支付金额", amount(rates.fen(100, shop.currency()), YUAN, setting));
        line.put("结算币种", shop.currency());
        line.put(SETTLED, amount(100, shop.currency(), setting));
        line.put("支付汇率", rate(rates.scaled(shop.currency())));
        return line;
    }

    private String settlementCurrency(Order order) {
        var shop = properties.subMerchant(order.terms().subMchid());
        return shop == null ? order.terms().currency() : shop.currency();
    }

    /** A price in yuan is settled in the shop's currency. */
    private long settled(Order order, long amount) {
        var currency = settlementCurrency(order);
        if (currency.equals(order.terms().currency())) {
            return amount;
        }
        return BigDecimal.valueOf(amount, 2)
                .divide(
                        BigDecimal.valueOf(rates.scaled(currency), RATE_SCALE),
                        rates.exponent(currency),
                        RoundingMode.HALF_UP)
                .unscaledValue()
                .longValueExact();
    }

    private String amount(long minor, String currency, StatementSwitches.Setting setting) {
        return setting.minorUnits()
                ? Long.toString(minor)
                : BigDecimal.valueOf(minor, rates.exponent(currency)).toPlainString();
    }

    private static String rate(long scaled) {
        return Long.toString(scaled);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\r\n]", " ");
    }

    private static boolean isOn(LocalDate day, Instant at) {
        return LocalDate.ofInstant(at, BEIJING).equals(day);
    }

    private static boolean isOf(String shop, @Nullable String wanted) {
        return wanted == null || wanted.equals(shop);
    }

    private static boolean has(
            StatementSwitches.Setting setting, Kind kind, String payment, @Nullable String refund) {
        return setting.all().stream()
                .anyMatch(edit -> edit.kind() == kind && edit.isAbout(payment, refund));
    }
}
