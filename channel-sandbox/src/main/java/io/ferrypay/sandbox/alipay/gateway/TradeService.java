package io.ferrypay.sandbox.alipay.gateway;

import io.ferrypay.sandbox.alipay.AlipaySandboxProperties;
import io.ferrypay.sandbox.alipay.fault.AlipayFaults;
import io.ferrypay.sandbox.alipay.fault.GatewayOperation;
import io.ferrypay.sandbox.alipay.notification.AlipayNotifications;
import io.ferrypay.sandbox.alipay.order.AlipayRates;
import io.ferrypay.sandbox.alipay.order.AlipayRefund;
import io.ferrypay.sandbox.alipay.order.Trade;
import io.ferrypay.sandbox.alipay.order.TradeKind;
import io.ferrypay.sandbox.alipay.order.TradeRefused;
import io.ferrypay.sandbox.alipay.order.TradeState;
import io.ferrypay.sandbox.alipay.order.Trades;
import io.ferrypay.sandbox.control.SandboxClock;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the services do with orders and refunds. */
@Component
class TradeService {

    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter SPACED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(BEIJING);
    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(BEIJING);
    private static final String TOO_LATE = "REFUNDMENT_VALID_DATE_EXCEED";
    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(12);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(15);

    private final Trades trades;
    private final AlipayRates rates;
    private final AlipayNotifications notifications;
    private final AlipayFaults faults;
    private final AlipaySandboxProperties properties;
    private final SandboxClock clock;
    private @Nullable Long lastRefundNanos;

    TradeService(
            Trades trades,
            AlipayRates rates,
            AlipayNotifications notifications,
            AlipayFaults faults,
            AlipaySandboxProperties properties,
            SandboxClock clock) {
        this.trades = trades;
        this.rates = rates;
        this.notifications = notifications;
        this.faults = faults;
        this.properties = properties;
        this.clock = clock;
    }

    /** A browser comes with an order. */
    Trade create(GatewayCall call) {
        var wap = call.operation() == GatewayOperation.CREATE_WAP;
        call.required("subject", 256);
        var number = call.required("out_trade_no", 64);
        call.requireValue("product_code", wap ? "NEW_WAP_OVERSEAS_SELLER" : "NEW_OVERSEAS_SELLER");
        requireSecondaryMerchant(call);
        if (call.text("total_fee").isEmpty() == call.text("rmb_fee").isEmpty()) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
        if (wap && !call.charsetName().equals("UTF-8")) {
            throw new GatewayError("ILLEGAL_CHARSET");
        }
        var currency = call.currency("currency", rates);
        var amount =
                call.text("total_fee").isEmpty()
                        ? call.amount("rmb_fee", "CNY")
                                .divide(
                                        rates.of(currency),
                                        AlipayRates.decimals(currency),
                                        RoundingMode.HALF_UP)
                        : call.amount("total_fee", currency);
        call.url("notify_url", 200, properties.allowLocalUrls());
        call.url("return_url", 200, properties.allowLocalUrls());
        try {
            return trades.place(
                    new Trades.NewTrade(
                            wap ? TradeKind.MOBILE : TradeKind.DESKTOP,
                            number,
                            terms(call),
                            amount,
                            currency,
                            call.signType(),
                            call.charsetName(),
                            endInBrowser(call)));
        } catch (TradeRefused e) {
            var known = trades.find(number);
            if (known != null && e.reason() != TradeRefused.Reason.TERMS_DIFFER) {
                return known; // The cashier says that it has ended.
            }
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
    }

    private static void requireSecondaryMerchant(GatewayCall call) {
        call.required("secondary_merchant_id", 64);
        call.required("secondary_merchant_name", 64);
        if (!call.text("secondary_merchant_industry").matches("[0-9]{4}")) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
    }

    private Instant endInBrowser(GatewayCall call) {
        var rule = call.text("timeout_rule");
        var lifetime = rule.isEmpty() ? DEFAULT_LIFETIME : lifetime(rule, "ILLEGAL_TIMEOUT_RULE");
        var end = clock.instant().plus(lifetime);
        var created = call.text("order_gmt_create");
        var valid = call.text("order_valid_time");
        if (created.isEmpty() != valid.isEmpty()) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
        if (created.isEmpty()) {
            return end;
        }
        try {
            // How the wire's clock and ours differ does not matter: the order begins about now.
            var seconds = Long.parseLong(valid);
            LocalDateTime.parse(created, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
            if (seconds < 1 || seconds > 2_592_000) {
                throw new GatewayError("ILLEGAL_ARGUMENT");
            }
            var other = clock.instant().plusSeconds(seconds);
            return other.isBefore(end) ? other : end;
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
    }

    private static Duration lifetime(String rule, String error) {
        if (!rule.matches("[1-9][0-9]{0,4}[mhd]")) {
            throw new GatewayError(error);
        }
        var count = Long.parseLong(rule.substring(0, rule.length() - 1));
        var lifetime =
                switch (rule.charAt(rule.length() - 1)) {
                    case 'm' -> Duration.ofMinutes(count);
                    case 'h' -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
        if (lifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw new GatewayError(error);
        }
        return lifetime;
    }

    /** What makes an order another order. */
    static Map<String, String> terms(GatewayCall call) {
        var terms = new TreeMap<>(call.parameters());
        terms.keySet().removeAll(List.of("sign", "timestamp"));
        return terms;
    }

    Map<String, String> precreate(GatewayCall call) {
        call.required("timestamp", 32);
        var number = call.required("out_trade_no", 64);
        call.required("subject", 256);
        call.required("extend_params", 2048);
        call.requireValue("product_code", "OVERSEAS_MBARCODE_PAY");
        var currency = call.currency("trans_currency", rates);
        var settlement = call.required("currency", 3);
        if (!settlement.equals(currency) && !settlement.equals("CNY")) {
            throw new GatewayError("ILLEGAL_CURRENCY");
        }
        var amount = call.amount("total_fee", currency);
        if (call.url("notify_url", 190, properties.allowLocalUrls()).isEmpty()) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
        var rule = call.text("it_b_pay");
        var lifetime = rule.isEmpty() ? DEFAULT_LIFETIME : lifetime(rule, "ILLEGAL_ARGUMENT");
        var fields = new LinkedHashMap<String, String>();
        try {
            var trade =
                    trades.place(
                            new Trades.NewTrade(
                                    TradeKind.IN_STORE,
                                    number,
                                    terms(call),
                                    amount,
                                    currency,
                                    call.signType(),
                                    call.charsetName(),
                                    clock.instant().plus(lifetime)));
            fields.put("result_code", "SUCCESS");
            fields.put("out_trade_no", number);
            fields.put("voucher_type", "qrcode");
            fields.put("qr_code", trades.codeOf(trade));
        } catch (TradeRefused e) {
            fail(
                    fields,
                    "FAIL",
                    e.reason() == TradeRefused.Reason.PAID
                            ? "TRADE_HAS_SUCCESS"
                            : e.reason() == TradeRefused.Reason.CLOSED
                                    ? "TRADE_HAS_CLOSE"
                                    : "CONTEXT_INCONSISTENT");
        }
        return fields;
    }

    static void fail(Map<String, String> fields, String result, String code) {
        fields.put("result_code", result);
        fields.put("detail_error_code", code);
        fields.put("detail_error_des", code);
    }

    /** By {@code single_trade_query}, where {@code total_fee} is yuan. */
    Map<String, String> query(GatewayCall call) {
        var number = call.text("out_trade_no");
        var tradeNo = call.text("trade_no");
        if (number.isEmpty() && tradeNo.isEmpty()) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
        var trade = tradeNo.isEmpty() ? trades.find(number) : trades.findByTradeNo(tradeNo);
        if (trade == null || !trade.seen()) {
            throw new GatewayError("TRADE_NOT_EXIST");
        }
        var payment = trade.payment();
        var yuan =
                payment == null
                        ? trade.amount()
                                .multiply(rates.of(trade.currency()))
                                .setScale(2, RoundingMode.HALF_UP)
                        : payment.yuan();
        var fields = new LinkedHashMap<String, String>();
        fields.put("buyer_email", "tes***@ferry.example");
        fields.put("buyer_id", "2088102100000001");
        fields.put("discount", "0.00");
        fields.put("flag_trade_locked", "0");
        fields.put("gmt_create", SPACED.format(trade.createdAt()));
        if (payment != null) {
            fields.put("gmt_payment", SPACED.format(payment.at()));
        }
        if (trade.closedAt() != null) {
            fields.put("gmt_close", SPACED.format(trade.closedAt()));
        }
        fields.put("is_total_fee_adjust", "F");
        fields.put("operator_role", "B");
        fields.put("out_trade_no", trade.outTradeNo());
        fields.put("payment_type", "100");
        fields.put("price", yuan.toPlainString());
        fields.put("quantity", "1");
        fields.put("seller_email", "shop@ferry.example");
        fields.put("seller_id", properties.partner());
        fields.put("subject", trade.term("subject"));
        fields.put("to_buyer_fee", trades.refundedYuan(trade.outTradeNo()).toPlainString());
        fields.put("to_seller_fee", payment == null ? "0.00" : yuan.toPlainString());
        fields.put("total_fee", yuan.toPlainString());
        fields.put("trade_no", trade.tradeNo());
        fields.put("trade_status", trade.state().name());
        fields.put("use_coupon", "F");
        return fields;
    }

    Map<String, String> overseasQuery(GatewayCall call) {
        var number = call.text("partner_trans_id");
        var tradeNo = call.text("alipay_trans_id");
        if (number.isEmpty() && tradeNo.isEmpty()) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
        var trade = tradeNo.isEmpty() ? trades.find(number) : trades.findByTradeNo(tradeNo);
        var fields = new LinkedHashMap<String, String>();
        if (trade == null || !trade.seen() || trade.kind().isOnline()) {
            fail(fields, "FAIL", "TRADE_NOT_EXIST");
            fields.put("error", "TRADE_NOT_EXIST");
            return fields;
        }
        fields.put("result_code", "SUCCESS");
        fields.put("alipay_trans_status", trade.state().name());
        fields.put("alipay_buyer_login_id", "tes***@ferry.example");
        fields.put("alipay_buyer_user_id", "2088102100000001");
        fields.put("out_trade_no", trade.outTradeNo());
        fields.put("partner_trans_id", trade.outTradeNo());
        fields.put("alipay_trans_id", trade.tradeNo());
        fields.put("currency", trade.currency());
        fields.put("trans_amount", trade.amount().toPlainString());
        var payment = trade.payment();
        if (payment != null) {
            fields.put("alipay_pay_time", PLAIN.format(payment.at()));
            fields.put("trans_amount_cny", payment.yuan().toPlainString());
            fields.put("exchange_rate", payment.rate().setScale(8).toPlainString());
        }
        return fields;
    }

    Map<String, String> close(GatewayCall call) {
        var number = call.required("out_trade_no", 64);
        var fields = new LinkedHashMap<String, String>();
        var trade = trades.find(number);
        if (trade == null || !trade.seen()) {
            fail(fields, "FAIL", "TRADE_NOT_EXIST");
            return fields;
        }
        try {
            trades.close(number);
            fields.put("result_code", "SUCCESS");
            fields.put("out_trade_no", number);
            fields.put("trade_no", trade.tradeNo());
        } catch (TradeRefused e) {
            fail(fields, "FAIL", "TRADE_STATUS_ERROR");
        }
        return fields;
    }

    Map<String, String> cancel(GatewayCall call) {
        call.required("timestamp", 32);
        var number = call.required("out_trade_no", 64);
        var fields = new LinkedHashMap<String, String>();
        var trade = trades.find(number);
        if (trade != null && clock.instant().isAfter(lastCancel(trade))) {
            // The code is our choice.
            fail(fields, "FAIL", "TRADE_CANCEL_TIME_OUT");
            return fields;
        }
        trades.cancel(number);
        fields.put("result_code", "SUCCESS");
        fields.put("out_trade_no", number);
        return fields;
    }

    /** A quarter of an hour into the day in Beijing after the order's. */
    private static Instant lastCancel(Trade trade) {
        return trade.createdAt()
                .atOffset(BEIJING)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay()
                .toInstant(BEIJING)
                .plus(Duration.ofMinutes(15));
    }

    /** Online: there is nothing to say but that it was taken. */
    void refundOnline(GatewayCall call) {
        var number = call.required("out_trade_no", 64);
        var refundNumber = call.required("out_return_no", 64);
        requireReturnTime(call);
        var trade = trades.find(number);
        if (trade == null || trade.payment() == null || !trade.kind().isOnline()) {
            throw new GatewayError("PURCHASE_TRADE_NOT_EXIST");
        }
        var currency = call.currency("currency", rates);
        if (!currency.equals(trade.currency())) {
            throw new GatewayError("CURRENCY_NOT_SAME");
        }
        if (!call.text("return_rmb_amount").isEmpty()) {
            throw new GatewayError("ILLEGAL_ARGUMENT"); // Yuan refunds are not played.
        }
        var amount = call.amount("return_amount", currency);
        var notifyUrl = call.url("notify_url", 200, properties.allowLocalUrls());
        if (trades.knowsRefund(refundNumber)) {
            throw new GatewayError("REPEATED_REFUNDMENT_REQUEST");
        }
        if (faults.refundsAreRefused(number)) {
            throw new GatewayError(TOO_LATE);
        }
        if (isTooSoon()) {
            throw new GatewayError("SYSTEM_EXCEPTION");
        }
        try {
            end(trades.refund(number, refundNumber, amount, currency, notifyUrl, status(number)));
        } catch (TradeRefused e) {
            throw new GatewayError(
                    switch (e.reason()) {
                        case AMOUNT_EXCEEDED -> "RETURN_AMOUNT_EXCEED";
                        case REPEATED_REFUND -> "REPEATED_REFUNDMENT_REQUEST";
                        case CURRENCY_NOT_SAME -> "CURRENCY_NOT_SAME";
                        default -> "PURCHASE_TRADE_NOT_EXIST";
                    });
        }
    }

    private static void requireReturnTime(GatewayCall call) {
        // The documents write one form and a sample of theirs sends the other.
        if (!call.text("gmt_return").matches("[0-9]{14}|[0-9-]{10} [0-9:]{8}")) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
    }

    Map<String, String> refundInStore(GatewayCall call) {
        var number = call.required("partner_trans_id", 64);
        var refundNumber = call.required("partner_refund_id", 64);
        var currency = call.currency("currency", rates);
        var amount = call.amount("refund_amount", currency);
        var notifyUrl = call.url("notify_url", 200, properties.allowLocalUrls());
        var fields = new LinkedHashMap<String, String>();
        var trade = trades.find(number);
        if (trade == null || trade.kind().isOnline() || trade.payment() == null) {
            return failed(fields, "TRADE_NOT_EXIST");
        }
        try {
            AlipayRefund refund;
            if (trades.knowsRefund(refundNumber)) {
                refund = trades.findRefund(refundNumber); // The same refund, told again.
            } else {
                if (trade.state() == TradeState.TRADE_CLOSED) {
                    return failed(fields, "TRADE_HAS_CLOSE");
                }
                if (call.text("is_sync").equals("Y") && isNight()) {
                    return failed(fields, "REFUND_NOT_AVAILABLE_NOW");
                }
                if (faults.refundsAreRefused(number)) {
                    return failed(fields, TOO_LATE);
                }
                if (isTooSoon()) {
                    return failed(fields, "SYSTEM_ERROR");
                }
                refund =
                        trades.refund(
                                number, refundNumber, amount, currency, notifyUrl, status(number));
                end(refund);
            }
            fields.put("result_code", "SUCCESS");
            fields.put("partner_trans_id", number);
            fields.put("alipay_trans_id", trade.tradeNo());
            fields.put("partner_refund_id", refundNumber);
            fields.put("refund_amount", refund.amount().toPlainString());
            fields.put("currency", refund.currency());
            fields.put("exchange_rate", trade.payment().rate().setScale(8).toPlainString());
            fields.put("refund_amount_cny", refund.yuan().toPlainString());
            return fields;
        } catch (TradeRefused e) {
            return failed(
                    fields,
                    switch (e.reason()) {
                        case AMOUNT_EXCEEDED -> "RETURN_AMOUNT_EXCEED";
                        case CURRENCY_NOT_SAME -> "CURRENCY_NOT_SAME";
                        case REPEATED_REFUND -> "REPEATED_REFUNDMENT_REQUEST";
                        default -> "TRADE_NOT_EXIST";
                    });
        }
    }

    private static Map<String, String> failed(Map<String, String> fields, String code) {
        fail(fields, "FAILED", code);
        fields.put("error", code);
        return fields;
    }

    private AlipayRefund.Status status(String outTradeNo) {
        return faults.refundsWait(outTradeNo)
                ? AlipayRefund.Status.WAITING
                : AlipayRefund.Status.SUCCESS;
    }

    private void end(AlipayRefund refund) {
        notifications.tell(refund);
    }

    private boolean isNight() {
        return clock.instant()
                .atOffset(BEIJING)
                .toLocalTime()
                .isBefore(properties.codeRefundsFrom());
    }

    private synchronized boolean isTooSoon() {
        var now = System.nanoTime();
        var last = lastRefundNanos;
        if (last != null && now - last < properties.refundSpacing().toNanos()) {
            return true;
        }
        lastRefundNanos = now;
        return false;
    }
}
