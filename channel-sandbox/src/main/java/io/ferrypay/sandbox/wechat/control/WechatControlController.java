package io.ferrypay.sandbox.wechat.control;

import io.ferrypay.sandbox.paycode.PayCodes;
import io.ferrypay.sandbox.paycode.ShowCodeCommand;
import io.ferrypay.sandbox.wechat.fault.FaultOrder;
import io.ferrypay.sandbox.wechat.fault.Faults;
import io.ferrypay.sandbox.wechat.fault.NotificationFaults;
import io.ferrypay.sandbox.wechat.notification.Notifications;
import io.ferrypay.sandbox.wechat.notification.RefundRuns;
import io.ferrypay.sandbox.wechat.notification.SentNotice;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.PaidBy;
import io.ferrypay.sandbox.wechat.order.Refund;
import io.ferrypay.sandbox.wechat.order.RefundFacts;
import io.ferrypay.sandbox.wechat.order.RefundStatus;
import io.ferrypay.sandbox.wechat.order.Refunds;
import io.ferrypay.sandbox.wechat.order.TradeType;
import io.ferrypay.sandbox.wechat.statement.StatementSwitches;
import io.ferrypay.sandbox.wechat.wallet.PayRequests;
import io.ferrypay.sandbox.wechat.wire.WireJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/** The payer's and the saboteur's remote control. */
@RestController
@RequestMapping("/control/wechat")
class WechatControlController {

    private static final int MAX_NOTICES = 1_000;

    private final Orders orders;
    private final Notifications notifications;
    private final Faults faults;
    private final PayRequests payRequests;
    private final Refunds refunds;
    private final RefundRuns refundRuns;
    private final StatementSwitches statements;
    private final PayCodes payCodes;

    WechatControlController(
            Orders orders,
            Notifications notifications,
            Faults faults,
            PayRequests payRequests,
            Refunds refunds,
            RefundRuns refundRuns,
            StatementSwitches statements,
            PayCodes payCodes) {
        this.orders = orders;
        this.notifications = notifications;
        this.faults = faults;
        this.payRequests = payRequests;
        this.refunds = refunds;
        this.refundRuns = refundRuns;
        this.statements = statements;
        this.payCodes = payCodes;
    }

    @GetMapping("/orders/{outTradeNo}")
    OrderView order(@PathVariable String outTradeNo) {
        var order = orders.find(outTradeNo);
        if (order == null) {
            throw new OrderRefused(OrderRefused.Reason.UNKNOWN_ORDER);
        }
        return OrderView.of(order);
    }

    /** Pays as the test payer, or as whom the body names. */
    @PostMapping("/orders/{outTradeNo}/pay")
    OrderView pay(
            @PathVariable String outTradeNo,
            @RequestBody(required = false) @Nullable PayCommand command) {
        return pay(outTradeNo, payer(command == null ? null : command.openid()));
    }

    /** A shopper opens the wallet and shows a code to be scanned by the shop. */
    @PostMapping("/pay-codes")
    PayCodes.Shown showPayCode(@RequestBody(required = false) @Nullable ShowCodeCommand command) {
        return payCodes.show(
                PayCodes.Wallet.WECHAT,
                command == null ? PayCodes.Effect.PAYS : command.wanted(),
                command == null ? null : command.lifetime());
    }

    /** Which order a QR code is for; nothing is done to it. */
    @PostMapping("/codes/read")
    OrderView readCode(@RequestBody ReadCodeCommand command) {
        return OrderView.of(orders.scan(command.codeUrl()));
    }

    /** Pays by what a QR code says. */
    @PostMapping("/codes/pay")
    OrderView payCode(@RequestBody PayCodeCommand command) {
        var order = orders.scan(command.codeUrl());
        return pay(order.outTradeNo(), payer(command.openid()));
    }

    /** Does what a phone's browser and its owner do with an {@code mweb_url}: opens it and pays. */
    @PostMapping("/browser/pay")
    Returned payInBrowser(@RequestBody BrowserCommand command) {
        var query = UriComponentsBuilder.fromUriString(command.url()).build().getQueryParams();
        var order = orders.scan(decoded(query.getFirst("prepay_id")));
        if (order.terms().tradeType() != TradeType.MWEB) {
            throw new OrderRefused(OrderRefused.Reason.NOT_THIS_WAY);
        }
        pay(order.outTradeNo(), payer(command.openid()));
        var back = query.getFirst("redirect_url");
        return new Returned(back == null ? null : decoded(back));
    }

    /** Does what WeChat does with the parameters of {@code getBrandWCPayRequest}, and pays. */
    @PostMapping("/wallet/pay")
    OrderView payInWallet(@RequestBody WalletCommand command) {
        var order = payRequests.verified(command.parameters());
        return pay(order.outTradeNo(), PaidBy.TEST_PAYER);
    }

    private static String decoded(@Nullable String value) {
        return value == null ? "" : URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    /** The payer's bank refuses: for good (PAYERROR) unless the body says it is not final. */
    @PostMapping("/orders/{outTradeNo}/decline")
    OrderView decline(
            @PathVariable String outTradeNo,
            @RequestBody(required = false) @Nullable DeclineCommand command) {
        var reason = command == null ? null : command.reason();
        var forGood = command == null ? null : command.forGood();
        return OrderView.of(
                orders.decline(
                        outTradeNo,
                        Objects.requireNonNullElse(reason, "银行拒绝"),
                        Objects.requireNonNullElse(forGood, true)));
    }

    /** Closes the order as if its time had come. */
    @PostMapping("/orders/{outTradeNo}/expire")
    OrderView expire(@PathVariable String outTradeNo) {
        return OrderView.of(orders.expire(outTradeNo));
    }

    /** Sends the notification once more and shows the answers. */
    @PostMapping("/orders/{outTradeNo}/notify")
    Notices notifyAgain(
            @PathVariable String outTradeNo,
            @RequestBody(required = false) @Nullable NotificationFaults with) {
        return new Notices(
                notifications.sendAgain(
                        outTradeNo, Objects.requireNonNullElse(with, NotificationFaults.NONE)),
                notifications.waiting());
    }

    /** Whatever was ordered: the money arrives. */
    @PostMapping("/refunds/{outRefundNo}/succeed")
    JsonNode succeed(@PathVariable String outRefundNo) {
        return view(refundRuns.end(outRefundNo, RefundStatus.SUCCESS));
    }

    /** It ends without money: closed, unless the body says {@code ABNORMAL}. */
    @PostMapping("/refunds/{outRefundNo}/fail")
    JsonNode fail(
            @PathVariable String outRefundNo,
            @RequestBody(required = false) @Nullable FailCommand command) {
        var status = command == null ? null : command.status();
        return view(
                refundRuns.end(
                        outRefundNo, Objects.requireNonNullElse(status, RefundStatus.REFUNDCLOSE)));
    }

    @GetMapping("/refunds/{outRefundNo}")
    JsonNode refund(@PathVariable String outRefundNo) {
        var refund = refunds.find(outRefundNo);
        if (refund == null) {
            throw new OrderRefused(OrderRefused.Reason.UNKNOWN_REFUND);
        }
        return view(refund);
    }

    /** Sends a refund's notification once more and shows the answers. */
    @PostMapping("/refunds/{outRefundNo}/notify")
    Notices notifyRefundAgain(
            @PathVariable String outRefundNo,
            @RequestBody(required = false) @Nullable NotificationFaults with) {
        return new Notices(
                notifications.sendRefundAgain(
                        outRefundNo, Objects.requireNonNullElse(with, NotificationFaults.NONE)),
                notifications.waiting());
    }

    private static JsonNode view(Refund refund) {
        return WireJson.MAPPER.valueToTree(RefundFacts.queried(refund));
    }

    @GetMapping("/notifications")
    Notices notices(
            @RequestParam(name = "out_trade_no", required = false) @Nullable String outTradeNo) {
        return new Notices(notifications.sent(outTradeNo, MAX_NOTICES), notifications.waiting());
    }

    /** Replaces what is odd about statements. */
    @PostMapping("/statements")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void falsify(@RequestBody StatementSwitches.Setting setting) {
        statements.set(setting);
    }

    /** Replaces the faults of one order, or those of all others. */
    @PostMapping("/faults")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void sabotage(@RequestBody FaultOrder order) {
        faults.order(order);
    }

    @DeleteMapping("/faults")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void behave() {
        faults.reset();
    }

    private OrderView pay(String outTradeNo, PaidBy payer) {
        var paid = orders.pay(outTradeNo, payer);
        notifications.tell(paid);
        return OrderView.of(paid);
    }

    private static PaidBy payer(@Nullable String openid) {
        return openid == null
                ? PaidBy.TEST_PAYER
                : new PaidBy(openid, PaidBy.TEST_PAYER.bankType());
    }

    @ExceptionHandler
    ProblemDetail refused(OrderRefused refused) {
        var status =
                switch (refused.reason()) {
                    case UNKNOWN_ORDER, UNKNOWN_CODE, UNKNOWN_REFUND -> HttpStatus.NOT_FOUND;
                    case CODE_EXPIRED,
                            TERMS_DIFFER,
                            PAID,
                            NOT_PAID,
                            CLOSED,
                            FAILED,
                            TOO_YOUNG_TO_CLOSE,
                            REVERSED,
                            TOO_LATE_TO_REVERSE,
                            NOT_THIS_WAY,
                            REFUND_TERMS_DIFFER,
                            REFUND_TOO_MUCH,
                            REFUND_TOO_MANY,
                            REFUND_TOO_SOON,
                            REFUND_TOO_LATE,
                            REFUND_ENDED ->
                            HttpStatus.CONFLICT;
                };
        return ProblemDetail.forStatusAndDetail(status, refused.reason().name());
    }

    @ExceptionHandler
    ProblemDetail wrong(IllegalArgumentException wrong) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }

    record PayCommand(@Nullable String openid) {}

    record ReadCodeCommand(String codeUrl) {}

    record PayCodeCommand(String codeUrl, @Nullable String openid) {}

    record FailCommand(@Nullable RefundStatus status) {}

    record BrowserCommand(String url, @Nullable String openid) {}

    record WalletCommand(Map<String, String> parameters) {}

    /**
     * @param returnUrl where the browser goes afterwards, if the shop said so
     */
    record Returned(@Nullable String returnUrl) {}

    /**
     * @param forGood false leaves the order payable; absent means true
     */
    record DeclineCommand(@Nullable String reason, @Nullable Boolean forGood) {}

    /**
     * @param waiting how many orders' notifications nobody accepted yet, over all orders
     */
    record Notices(List<SentNotice> notifications, int waiting) {}
}
