package io.ferrypay.sandbox.alipay.notification;

import io.ferrypay.sandbox.alipay.order.AlipayRefund;
import io.ferrypay.sandbox.alipay.order.Trade;
import io.ferrypay.sandbox.alipay.order.TradeState;
import io.ferrypay.sandbox.alipay.order.Trades;
import io.ferrypay.sandbox.control.SandboxClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what is told of orders and refunds. Nothing is told of an order that waits. */
final class AlipayNoticeWriter {

    private static final DateTimeFormatter SPACED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

    private final String partner;
    private final Trades trades;
    private final SandboxClock clock;

    AlipayNoticeWriter(String partner, Trades trades, SandboxClock clock) {
        this.partner = partner;
        this.trades = trades;
        this.clock = clock;
    }

    /** Null when there is nothing to tell, or nobody to tell it to. */
    @Nullable AlipayNotice ofTrade(Trade trade) {
        if (trade.state() == TradeState.WAIT_BUYER_PAY || trade.term("notify_url").isEmpty()) {
            return null;
        }
        var id = id(trade.tradeNo() + trade.state());
        var facts = common(id);
        facts.put("notify_type", "trade_status_sync");
        facts.putAll(trade.kind().isOnline() ? online(trade) : inStore(trade));
        return new AlipayNotice(
                id,
                trade.outTradeNo(),
                trade.term("notify_url"),
                trade.signType(),
                trade.charset(),
                facts);
    }

    @Nullable AlipayNotice ofRefund(AlipayRefund refund, Trade trade) {
        if (refund.notifyUrl().isEmpty() || refund.status() == AlipayRefund.Status.WAITING) {
            return null;
        }
        var id = id(refund.number() + refund.status());
        var facts = common(id);
        // The real value of notify_type is not known here; nobody should lean on it.
        facts.put("notify_type", "refund_status_sync");
        facts.put("out_trade_no", refund.outTradeNo());
        facts.put("out_return_no", refund.number());
        facts.put("refund_status", "REFUND_" + refund.status());
        if (refund.status() == AlipayRefund.Status.FAIL) {
            facts.put("error_code", "REFUND_FAILED");
        }
        facts.put("currency", refund.currency());
        facts.put("return_amount", refund.amount().toPlainString());
        return new AlipayNotice(
                id,
                refund.outTradeNo(),
                refund.notifyUrl(),
                trade.signType(),
                trade.charset(),
                facts);
    }

    private static Map<String, String> online(Trade trade) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("trade_no", trade.tradeNo());
        facts.put("out_trade_no", trade.outTradeNo());
        facts.put("currency", trade.currency());
        facts.put("total_fee", trade.amount().toPlainString());
        facts.put("trade_status", trade.state().name());
        return facts;
    }

    private Map<String, String> inStore(Trade trade) {
        var payment = trade.payment();
        var facts = new LinkedHashMap<String, String>();
        facts.put("notify_action_type", action(trade));
        facts.put("out_trade_no", trade.outTradeNo());
        facts.put(
                "subject",
                trade.term("subject").isEmpty() ? trade.term("trans_name") : trade.term("subject"));
        facts.put("trade_no", trade.tradeNo());
        facts.put("trade_status", trade.state().name());
        facts.put("gmt_create", SPACED.format(trade.createdAt()));
        if (payment != null) {
            facts.put("gmt_payment", SPACED.format(payment.at()));
            // Which of the two is yuan differs by product; here it is the first.
            facts.put("total_fee", payment.yuan().toPlainString());
            facts.put("forex_total_fee", trade.amount().toPlainString());
            facts.put("price", payment.yuan().toPlainString());
            facts.put("quantity", "1");
            facts.put("buyer_email", "tes***@ferry.example");
            facts.put("buyer_id", "2088102100000001");
        }
        facts.put("seller_id", partner);
        facts.put("seller_email", "shop@ferry.example");
        facts.put("currency", trade.term("currency"));
        facts.put("trans_currency", trade.currency());
        return facts;
    }

    private String action(Trade trade) {
        if (trade.state().isPaid()) {
            return "payByAccountAction";
        }
        return trade.payment() == null
                ? "closeTradeAction"
                : trades.knowsRefund("CANCEL" + trade.tradeNo())
                        ? "reverseAction"
                        : "refundFPAction";
    }

    private Map<String, String> common(String id) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("notify_id", id);
        facts.put("notify_time", SPACED.format(now()));
        return facts;
    }

    private Instant now() {
        return clock.instant();
    }

    /** The same thing is told under the same id. */
    private static String id(String what) {
        return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "")
                + "g4";
    }
}
