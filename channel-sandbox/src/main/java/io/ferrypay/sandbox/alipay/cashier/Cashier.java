package io.ferrypay.sandbox.alipay.cashier;

import io.ferrypay.sandbox.alipay.AlipayKeys;
import io.ferrypay.sandbox.alipay.notification.AlipayNotifications;
import io.ferrypay.sandbox.alipay.order.Trade;
import io.ferrypay.sandbox.alipay.order.Trades;
import io.ferrypay.sandbox.control.SandboxClock;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes the payer's decision, and knows the way back to the shop. */
@Component
public class Cashier {

    private static final DateTimeFormatter SPACED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

    private final Trades trades;
    private final AlipayNotifications notifications;
    private final AlipayKeys keys;
    private final SandboxClock clock;

    Cashier(Trades trades, AlipayNotifications notifications, AlipayKeys keys, SandboxClock clock) {
        this.trades = trades;
        this.notifications = notifications;
        this.keys = keys;
        this.clock = clock;
    }

    /** Pays and tells the shop; an order whose amount fails stays unpaid. */
    public Trade pay(String outTradeNo) {
        var trade = trades.pay(outTradeNo);
        if (trade.state().isPaid()) {
            notifications.tell(trade);
        }
        return trade;
    }

    /** The signed address of the shop's own page, for an order that is paid; null for others. */
    public @Nullable String returnUrl(Trade trade) {
        var page = trade.term("return_url");
        if (page.isEmpty() || !trade.state().isPaid()) {
            return null;
        }
        var charset = Charset.forName(trade.charset());
        var fields = new LinkedHashMap<String, String>();
        fields.put("is_success", "T");
        fields.put("notify_id", "R" + trade.token());
        fields.put("notify_type", "trade_status_sync");
        fields.put("notify_time", SPACED.format(clock.instant()));
        fields.put("currency", trade.currency());
        fields.put("out_trade_no", trade.outTradeNo());
        fields.put("total_fee", trade.amount().toPlainString());
        fields.put("trade_no", trade.tradeNo());
        fields.put("trade_status", trade.state().name());
        fields.put("sign", keys.sign(fields, trade.signType(), charset));
        fields.put("sign_type", trade.signType());
        return page
                + (page.contains("?") ? "&" : "?")
                + fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), charset))
                        .collect(Collectors.joining("&"));
    }
}
