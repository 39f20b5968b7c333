package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.paycode.PasswordsLater;
import io.ferrypay.sandbox.paycode.PayCodes;
import io.ferrypay.sandbox.paycode.PayCodes.Effect;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.fault.ApiOperation;
import io.ferrypay.sandbox.wechat.fault.Faults;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.PaidBy;
import io.ferrypay.sandbox.wechat.order.TradeType;
import io.ferrypay.sandbox.wechat.order.Transaction;
import io.ferrypay.sandbox.wechat.wire.Accepted;
import io.ferrypay.sandbox.wechat.wire.ApiDesk;
import io.ferrypay.sandbox.wechat.wire.WechatCall;
import io.ferrypay.sandbox.wechat.wire.WechatError;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Charges the code in a payer's wallet, and takes charges back.
 *
 * <p>Ours, because no document we know says it: the words of the refusals, and that an order exists
 * after {@code NOT_ENOUGH} and not after a bad code. Nothing is notified: the request has no place
 * for an address.
 */
@RestController
@RequestMapping("/v3/global/micropay/transactions")
class MicropayController {

    private final ApiDesk desk;
    private final OrderRequest requests;
    private final Identity identity;
    private final Orders orders;
    private final PayCodes codes;
    private final PasswordsLater passwords;
    private final Faults faults;
    private final WechatProperties properties;

    MicropayController(
            ApiDesk desk,
            OrderRequest requests,
            Identity identity,
            Orders orders,
            PayCodes codes,
            PasswordsLater passwords,
            Faults faults,
            WechatProperties properties) {
        this.desk = desk;
        this.requests = requests;
        this.identity = identity;
        this.orders = orders;
        this.codes = codes;
        this.passwords = passwords;
        this.faults = faults;
        this.properties = properties;
    }

    @PostMapping("/pay")
    ResponseEntity<byte[]> pay(HttpServletRequest request) {
        return desk.answer(request, ApiOperation.MICROPAY, null, this::followFaults, this::charge);
    }

    /** What was ordered to go wrong with a code goes wrong with the order it is charged for. */
    private void followFaults(WechatCall call) {
        var number = call.text("out_trade_no");
        if (number != null) {
            faults.follow(call.body().path("payer").path("auth_code").asString(""), number);
        }
    }

    private Object charge(WechatCall call) {
        var terms = requests.read(call, TradeType.MICROPAY);
        var code = OrderRequest.authCode(call.body());
        try {
            var known = orders.find(terms.outTradeNo());
            var order =
                    known == null ? charged(terms.outTradeNo(), code, call) : orders.charge(terms);
            return switch (order.state()) {
                case SUCCESS -> Transaction.of(order, properties.sendTransactionId());
                case USERPAYING ->
                        new Accepted(
                                WechatError.of(
                                        202, "USERPAYING", "The payer has to give the password."));
                case PAYERROR ->
                        throw WechatError.of(403, "NOT_ENOUGH", "The payer has not enough.");
                case NOTPAY, REFUND, CLOSED, REVOKED ->
                        throw WechatError.of(400, "INVALID_REQUEST", "The order has ended.");
            };
        } catch (OrderRefused e) {
            throw refusal(e);
        }
    }

    private Order charged(String number, String code, WechatCall call) {
        var effect = codes.take(PayCodes.Wallet.WECHAT, code);
        switch (effect) {
            case TOO_OLD -> throw WechatError.of(400, "AUTHCODEEXPIRE", "The code is too old.");
            case USED, UNKNOWN ->
                    throw WechatError.of(400, "AUTH_CODE_INVALID", "The code is not valid.");
            case PAYS, HAS_NOT_ENOUGH, ASKS_PASSWORD, ASKS_AND_GETS_PASSWORD -> {}
        }
        orders.charge(requests.read(call, TradeType.MICROPAY));
        return switch (effect) {
            case HAS_NOT_ENOUGH -> orders.decline(number, "余额不足", true);
            case ASKS_PASSWORD, ASKS_AND_GETS_PASSWORD -> {
                if (effect == Effect.ASKS_AND_GETS_PASSWORD) {
                    passwords.give(() -> orders.pay(number, PaidBy.TEST_PAYER));
                }
                yield orders.askPassword(number);
            }
            default -> orders.pay(number, PaidBy.TEST_PAYER);
        };
    }

    @PostMapping("/out-trade-no/{outTradeNo}/reverse")
    ResponseEntity<byte[]> reverse(HttpServletRequest request, @PathVariable String outTradeNo) {
        return desk.answer(
                request,
                ApiOperation.REVERSE,
                outTradeNo,
                call -> reverse(call, orders.find(outTradeNo)));
    }

    @PostMapping("/id/{id}/reverse")
    ResponseEntity<byte[]> reverseById(HttpServletRequest request, @PathVariable String id) {
        var order = orders.findById(id);
        return desk.answer(
                request,
                ApiOperation.REVERSE,
                order == null ? "" : order.outTradeNo(),
                call -> reverse(call, order));
    }

    private @Nullable Object reverse(WechatCall call, @Nullable Order order) {
        var shop = identity.requireShop(call, new Fields(call.body()));
        if (order == null || !order.terms().subMchid().equals(shop.mchid())) {
            throw refusal(new OrderRefused(OrderRefused.Reason.UNKNOWN_ORDER));
        }
        try {
            orders.reverse(order.outTradeNo());
            return null;
        } catch (OrderRefused e) {
            throw refusal(e);
        }
    }

    private static WechatError refusal(OrderRefused refused) {
        return switch (refused.reason()) {
            case PAID -> WechatError.of(400, "ORDERPAID", "The order is paid.");
            case CLOSED -> WechatError.of(400, "ORDER_CLOSED", "The order is closed.");
            case REVERSED -> WechatError.of(400, "ORDERREVERSED", "The order is revoked.");
            case FAILED -> WechatError.of(403, "NOT_ENOUGH", "The payer has not enough.");
            case TERMS_DIFFER, TOO_LATE_TO_REVERSE, NOT_THIS_WAY ->
                    WechatError.of(400, "INVALID_REQUEST", refused.reason().name());
            default -> WechatError.of(404, "ORDERNOTEXIST", "The order does not exist.");
        };
    }
}
