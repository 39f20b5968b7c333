package io.ferrypay.sandbox.alipay.control;

import io.ferrypay.sandbox.alipay.cashier.Cashier;
import io.ferrypay.sandbox.alipay.fault.AlipayFaultOrder;
import io.ferrypay.sandbox.alipay.fault.AlipayFaults;
import io.ferrypay.sandbox.alipay.fault.NoticeFaults;
import io.ferrypay.sandbox.alipay.gateway.Gateway;
import io.ferrypay.sandbox.alipay.notification.AlipayNotifications;
import io.ferrypay.sandbox.alipay.notification.SentAlipayNotice;
import io.ferrypay.sandbox.alipay.order.AlipayRefund;
import io.ferrypay.sandbox.alipay.order.Trade;
import io.ferrypay.sandbox.alipay.order.TradeRefused;
import io.ferrypay.sandbox.alipay.order.Trades;
import io.ferrypay.sandbox.paycode.PayCodes;
import io.ferrypay.sandbox.paycode.ShowCodeCommand;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The payer's and the saboteur's remote control. */
@RestController
@RequestMapping("/control/alipay")
class AlipayControlController {

    private static final int MAX_NOTICES = 1_000;

    private final Trades trades;
    private final Gateway gateway;
    private final Cashier cashier;
    private final AlipayNotifications notifications;
    private final AlipayFaults faults;
    private final PayCodes payCodes;

    AlipayControlController(
            Trades trades,
            Gateway gateway,
            Cashier cashier,
            AlipayNotifications notifications,
            AlipayFaults faults,
            PayCodes payCodes) {
        this.trades = trades;
        this.gateway = gateway;
        this.cashier = cashier;
        this.notifications = notifications;
        this.faults = faults;
        this.payCodes = payCodes;
    }

    @GetMapping("/orders/{outTradeNo}")
    TradeView order(@PathVariable String outTradeNo) {
        return view(require(trades.find(outTradeNo)));
    }

    /** Pays an order whose code or cashier exists already. */
    @PostMapping("/orders/{outTradeNo}/pay")
    TradeView pay(@PathVariable String outTradeNo) {
        return view(cashier.pay(outTradeNo));
    }

    /** A shopper opens the wallet and shows a code to be scanned by the shop. */
    @PostMapping("/pay-codes")
    PayCodes.Shown showPayCode(@RequestBody(required = false) @Nullable ShowCodeCommand command) {
        return payCodes.show(
                PayCodes.Wallet.ALIPAY,
                command == null ? PayCodes.Effect.PAYS : command.wanted(),
                command == null ? null : command.lifetime());
    }

    /** Pays by what a code says. */
    @PostMapping("/codes/pay")
    TradeView payCode(@RequestBody PayCodeCommand command) {
        return view(cashier.pay(requireCode(command.codeUrl()).outTradeNo()));
    }

    /** Goes where the browser was sent, pays there, and says where the browser is sent back to. */
    @PostMapping("/browser/pay")
    BrowserPaid payInBrowser(@RequestBody BrowserCommand command) {
        var question = command.url().indexOf('?');
        var trade =
                command.url().contains("/gateway.do?")
                        ? gateway.visit(command.url().substring(question + 1))
                        : requireCode(command.url());
        trades.show(trade.outTradeNo());
        var paid = cashier.pay(trade.outTradeNo());
        return new BrowserPaid(paid.outTradeNo(), paid.state().name(), cashier.returnUrl(paid));
    }

    /** The payment fails; Alipay knows no failed orders, so this one stays payable. */
    @PostMapping("/orders/{outTradeNo}/decline")
    TradeView decline(
            @PathVariable String outTradeNo,
            @RequestBody(required = false) @Nullable DeclineCommand command) {
        var reason = command == null ? null : command.reason();
        return view(trades.decline(outTradeNo, Objects.requireNonNullElse(reason, "RISK_REJECT")));
    }

    /** Closes the order as if its time had come, and tells of it. */
    @PostMapping("/orders/{outTradeNo}/expire")
    TradeView expire(@PathVariable String outTradeNo) {
        var closed = trades.close(outTradeNo);
        notifications.tell(closed);
        return view(closed);
    }

    /** Sends the notification once more and shows the answers. */
    @PostMapping("/orders/{outTradeNo}/notify")
    Notices notifyAgain(
            @PathVariable String outTradeNo,
            @RequestBody(required = false) @Nullable NoticeFaults with) {
        return new Notices(
                notifications.sendAgain(
                        outTradeNo, Objects.requireNonNullElse(with, NoticeFaults.NONE)),
                notifications.waiting());
    }

    @GetMapping("/notifications")
    Notices notices(
            @RequestParam(name = "out_trade_no", required = false) @Nullable String outTradeNo) {
        return new Notices(notifications.sent(outTradeNo, MAX_NOTICES), notifications.waiting());
    }

    @GetMapping("/refunds/{number}")
    AlipayRefund refund(@PathVariable String number) {
        return trades.findRefund(number);
    }

    @PostMapping("/refunds/{number}/succeed")
    AlipayRefund refundSucceeds(@PathVariable String number) {
        return end(number, AlipayRefund.Status.SUCCESS);
    }

    @PostMapping("/refunds/{number}/fail")
    AlipayRefund refundFails(@PathVariable String number) {
        return end(number, AlipayRefund.Status.FAIL);
    }

    private AlipayRefund end(String number, AlipayRefund.Status how) {
        var refund = trades.endRefund(number, how);
        notifications.tell(refund);
        return refund;
    }

    /** Replaces the faults of one order, or those of all others. */
    @PostMapping("/faults")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void sabotage(@RequestBody AlipayFaultOrder order) {
        faults.order(order);
    }

    @DeleteMapping("/faults")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void behave() {
        faults.reset();
    }

    private Trade requireCode(String code) {
        var trade = trades.findByToken(code);
        if (trade == null) {
            throw new TradeRefused(TradeRefused.Reason.UNKNOWN_CODE);
        }
        return trade;
    }

    private static Trade require(@Nullable Trade trade) {
        if (trade == null) {
            throw new TradeRefused(TradeRefused.Reason.UNKNOWN_ORDER);
        }
        return trade;
    }

    private TradeView view(Trade trade) {
        var payment = trade.payment();
        return new TradeView(
                trade.outTradeNo(),
                trade.state().name(),
                trade.tradeNo(),
                trade.kind().name(),
                trade.kind().isOnline() ? null : trades.codeOf(trade),
                trade.amount(),
                trade.currency(),
                payment == null ? null : payment.yuan(),
                payment == null ? null : payment.rate(),
                trades.refunded(trade.outTradeNo()),
                trade.createdAt(),
                trade.expiresAt(),
                trade.term("notify_url"),
                trade.term("subject"),
                trade.failure());
    }

    @ExceptionHandler
    ProblemDetail refused(TradeRefused refused) {
        var status =
                switch (refused.reason()) {
                    case UNKNOWN_ORDER, UNKNOWN_CODE, UNKNOWN_REFUND -> HttpStatus.NOT_FOUND;
                    case TERMS_DIFFER,
                            PAID,
                            NOT_PAID,
                            CLOSED,
                            CURRENCY_NOT_SAME,
                            AMOUNT_EXCEEDED,
                            REPEATED_REFUND ->
                            HttpStatus.CONFLICT;
                };
        return ProblemDetail.forStatusAndDetail(status, refused.reason().name());
    }

    @ExceptionHandler
    ProblemDetail wrong(IllegalArgumentException wrong) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }

    record PayCodeCommand(String codeUrl) {}

    record BrowserCommand(String url) {}

    /**
     * @param returnUrl null when the order is not paid, or has no page to go back to
     */
    record BrowserPaid(String outTradeNo, String tradeState, @Nullable String returnUrl) {}

    record DeclineCommand(@Nullable String reason) {}

    /** An order as tests see it. */
    record TradeView(
            String outTradeNo,
            String tradeState,
            String tradeNo,
            String kind,
            @Nullable String codeUrl,
            BigDecimal amount,
            String currency,
            @Nullable BigDecimal yuan,
            @Nullable BigDecimal rate,
            BigDecimal refunded,
            Instant createdAt,
            Instant expiresAt,
            String notifyUrl,
            String description,
            @Nullable String failure) {}

    /**
     * @param waiting how many notifications nobody accepted yet, over all orders
     */
    record Notices(List<SentAlipayNotice> notifications, int waiting) {}
}
