package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.wechat.fault.ApiOperation;
import io.ferrypay.sandbox.wechat.fault.Faults;
import io.ferrypay.sandbox.wechat.notification.RefundRuns;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.Refund;
import io.ferrypay.sandbox.wechat.order.RefundFacts;
import io.ferrypay.sandbox.wechat.order.RefundTerms;
import io.ferrypay.sandbox.wechat.order.Refunds;
import io.ferrypay.sandbox.wechat.wire.ApiDesk;
import io.ferrypay.sandbox.wechat.wire.WechatCall;
import io.ferrypay.sandbox.wechat.wire.WechatError;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes refunds and shows them. Which code WeChat refuses with is only documented for some rules;
 * the others are our choice, and marked.
 */
@RestController
@RequestMapping("/v3/global/refunds")
class RefundController {

    private static final long MAX_AMOUNT = 1_000_000_000_000L;

    private final ApiDesk desk;
    private final Identity identity;
    private final NotifyUrls notifyUrls;
    private final Orders orders;
    private final Refunds refunds;
    private final RefundRuns runs;
    private final Faults faults;

    RefundController(
            ApiDesk desk,
            Identity identity,
            NotifyUrls notifyUrls,
            Orders orders,
            Refunds refunds,
            RefundRuns runs,
            Faults faults) {
        this.desk = desk;
        this.identity = identity;
        this.notifyUrls = notifyUrls;
        this.orders = orders;
        this.refunds = refunds;
        this.runs = runs;
        this.faults = faults;
    }

    @PostMapping
    ResponseEntity<byte[]> ask(HttpServletRequest request) {
        return desk.answer(request, ApiOperation.REFUND, null, this::ask);
    }

    @GetMapping("/out-refund-no/{outRefundNo}")
    ResponseEntity<byte[]> query(HttpServletRequest request, @PathVariable String outRefundNo) {
        return show(request, refunds.find(outRefundNo));
    }

    @GetMapping("/id/{id}")
    ResponseEntity<byte[]> queryById(HttpServletRequest request, @PathVariable String id) {
        return show(request, refunds.findById(id));
    }

    private ResponseEntity<byte[]> show(HttpServletRequest request, @Nullable Refund refund) {
        return desk.answer(
                request,
                ApiOperation.REFUND_QUERY,
                refund == null ? "" : refund.outTradeNo(),
                call -> {
                    var shop =
                            identity.requireShopOfQuery(
                                    call,
                                    request.getParameter("mchid"),
                                    request.getParameter("sp_mchid"),
                                    request.getParameter("sub_mchid"));
                    if (refund == null || !refund.subMchid().equals(shop.mchid())) {
                        throw WechatError.of(
                                404, "RESOURCE_NOT_EXISTS", "The refund does not exist.");
                    }
                    return RefundFacts.queried(refund);
                });
    }

    private Object ask(WechatCall call) {
        var fields = new Fields(call.body());
        var shop = identity.requireShop(call, fields);
        identity.requireApp(
                shop, fields.text("sp_appid", 32), fields.optionalText("sub_appid", 32));
        var order = order(fields);
        if (!order.terms().subMchid().equals(shop.mchid())) {
            throw unknownOrder();
        }
        var terms = terms(fields, order);
        if (refunds.find(terms.outRefundNo()) == null && faults.drawNotEnough(order.outTradeNo())) {
            throw WechatError.of(403, "NOT_ENOUGH", "Basic account balance is not enough.");
        }
        try {
            var refund = refunds.ask(terms);
            runs.begin(refund);
            return RefundFacts.accepted(refund);
        } catch (OrderRefused e) {
            throw refusal(e);
        }
    }

    /** WeChat's number goes before the merchant's when both are given. */
    private Order order(Fields fields) {
        var id = fields.optionalText("transaction_id", 32);
        var order = id != null ? orders.findById(id) : orders.find(fields.text("out_trade_no", 32));
        if (order == null) {
            throw unknownOrder();
        }
        return order;
    }

    private RefundTerms terms(Fields fields, Order order) {
        var outRefundNo = fields.text("out_refund_no", 64);
        if (!outRefundNo.matches("[0-9A-Za-z_\\-|*@]+")) {
            throw fields.bad("out_refund_no", "only digits, letters and _ - | * @ are allowed");
        }
        var amount = new Fields(fields.object("amount"), "/amount");
        return new RefundTerms(
                order.outTradeNo(),
                outRefundNo,
                fields.optionalText("reason", 80),
                amount.integer("refund", 1, MAX_AMOUNT),
                amount.integer("total", 1, MAX_AMOUNT),
                amount.text("currency", 16),
                notifyUrls.optional(fields));
    }

    private static WechatError refusal(OrderRefused refused) {
        return switch (refused.reason()) {
            case REFUND_TOO_LATE ->
                    WechatError.of(403, "TRADE_OVERDUE", "The order is older than one year.");
            // The code is our choice.
            case REFUND_TOO_MANY ->
                    WechatError.of(403, "RULE_LIMIT", "An order has 50 refunds at most.");
            // The code is our choice.
            case REFUND_TOO_SOON ->
                    WechatError.of(
                            429,
                            "FREQUENCY_LIMITED",
                            "There is one minute between two refunds of an order.");
            case REFUND_TOO_MUCH ->
                    WechatError.of(
                            400, "INVALID_REQUEST", "The refunds are more than the order's total.");
            case REFUND_TERMS_DIFFER ->
                    WechatError.of(
                            400,
                            "INVALID_REQUEST",
                            "The parameters differ from those of the order or the refund.");
            case NOT_PAID -> WechatError.of(400, "INVALID_REQUEST", "The order is not paid.");
            case UNKNOWN_ORDER -> unknownOrder();
            case UNKNOWN_CODE,
                    CODE_EXPIRED,
                    REVERSED,
                    TOO_LATE_TO_REVERSE,
                    TERMS_DIFFER,
                    PAID,
                    CLOSED,
                    FAILED,
                    TOO_YOUNG_TO_CLOSE,
                    NOT_THIS_WAY,
                    UNKNOWN_REFUND,
                    REFUND_ENDED ->
                    throw new IllegalStateException(refused);
        };
    }

    private static WechatError unknownOrder() {
        return WechatError.of(404, "ORDERNOTEXIST", "The order does not exist.");
    }
}
