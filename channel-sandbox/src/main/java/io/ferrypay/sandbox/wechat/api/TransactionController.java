package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.wechat.PublicAddress;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.WechatProperties.SubMerchant;
import io.ferrypay.sandbox.wechat.fault.ApiOperation;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.TradeType;
import io.ferrypay.sandbox.wechat.order.Transaction;
import io.ferrypay.sandbox.wechat.wire.ApiDesk;
import io.ferrypay.sandbox.wechat.wire.WechatCall;
import io.ferrypay.sandbox.wechat.wire.WechatError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Places, shows and closes orders. */
@RestController
@RequestMapping("/v3/global/transactions")
class TransactionController {

    private final ApiDesk desk;
    private final OrderRequest requests;
    private final Identity identity;
    private final Orders orders;
    private final WechatProperties properties;

    TransactionController(
            ApiDesk desk,
            OrderRequest requests,
            Identity identity,
            Orders orders,
            WechatProperties properties) {
        this.desk = desk;
        this.requests = requests;
        this.identity = identity;
        this.orders = orders;
        this.properties = properties;
    }

    @PostMapping("/native")
    ResponseEntity<byte[]> placeNative(HttpServletRequest request) {
        return place(request, ApiOperation.NATIVE, TradeType.NATIVE, CodeUrl::new);
    }

    @PostMapping("/jsapi")
    ResponseEntity<byte[]> placeJsapi(HttpServletRequest request) {
        return place(request, ApiOperation.JSAPI, TradeType.JSAPI, PrepayId::new);
    }

    /** WeChat's own texts do not agree about the path. */
    @PostMapping({"/mweb", "/h5"})
    ResponseEntity<byte[]> placeMweb(HttpServletRequest request) {
        return place(
                request,
                ApiOperation.MWEB,
                TradeType.MWEB,
                prepayId -> new MwebUrl(PublicAddress.of(properties, request).mwebUrl(prepayId)));
    }

    private ResponseEntity<byte[]> place(
            HttpServletRequest request,
            ApiOperation operation,
            TradeType type,
            Function<String, Object> answer) {
        return desk.answer(
                request,
                operation,
                null,
                call -> {
                    try {
                        return answer.apply(orders.place(requests.read(call, type)).ticket());
                    } catch (OrderRefused e) {
                        throw refusal(e);
                    }
                });
    }

    @GetMapping("/out-trade-no/{outTradeNo}")
    ResponseEntity<byte[]> query(HttpServletRequest request, @PathVariable String outTradeNo) {
        return desk.answer(
                request,
                ApiOperation.QUERY,
                outTradeNo,
                call -> show(call, request, orders.find(outTradeNo)));
    }

    @GetMapping("/id/{id}")
    ResponseEntity<byte[]> queryById(HttpServletRequest request, @PathVariable String id) {
        var order = orders.findById(id);
        return desk.answer(
                request,
                ApiOperation.QUERY,
                order == null ? "" : order.outTradeNo(),
                call -> show(call, request, order));
    }

    @PostMapping("/out-trade-no/{outTradeNo}/close")
    ResponseEntity<byte[]> close(HttpServletRequest request, @PathVariable String outTradeNo) {
        return desk.answer(
                request,
                ApiOperation.CLOSE,
                outTradeNo,
                call -> close(call, orders.find(outTradeNo)));
    }

    @PostMapping("/id/{id}/close")
    ResponseEntity<byte[]> closeById(HttpServletRequest request, @PathVariable String id) {
        var order = orders.findById(id);
        return desk.answer(
                request,
                ApiOperation.CLOSE,
                order == null ? "" : order.outTradeNo(),
                call -> close(call, order));
    }

    private Transaction show(WechatCall call, HttpServletRequest request, @Nullable Order order) {
        var shop =
                identity.requireShopOfQuery(
                        call,
                        request.getParameter("mchid"),
                        request.getParameter("sp_mchid"),
                        request.getParameter("sub_mchid"));
        return Transaction.of(requireOwn(order, shop), properties.sendTransactionId());
    }

    private @Nullable Object close(WechatCall call, @Nullable Order order) {
        var shop = identity.requireShop(call, new Fields(call.body()));
        try {
            orders.close(requireOwn(order, shop).outTradeNo());
            return null;
        } catch (OrderRefused e) {
            throw refusal(e);
        }
    }

    /** An order of another shop is as unknown as one that never was. */
    private static Order requireOwn(@Nullable Order order, SubMerchant shop) {
        if (order == null || !order.terms().subMchid().equals(shop.mchid())) {
            throw unknownOrder();
        }
        return order;
    }

    private static WechatError refusal(OrderRefused refused) {
        return switch (refused.reason()) {
            case PAID -> WechatError.of(400, "ORDERPAID", "The order is paid.");
            case CLOSED -> WechatError.of(400, "ORDER_CLOSED", "The order is closed.");
            case FAILED ->
                    WechatError.of(400, "INVALID_REQUEST", "Payment of this order has failed.");
            case TERMS_DIFFER ->
                    WechatError.of(
                            400,
                            "INVALID_REQUEST",
                            "The re-entry parameters differ from those of the order.");
            case TOO_YOUNG_TO_CLOSE ->
                    WechatError.of(400, "INVALID_REQUEST", "The order is too young to be closed.");
            case REVERSED -> WechatError.of(400, "ORDERREVERSED", "The order is revoked.");
            case UNKNOWN_ORDER, UNKNOWN_CODE, CODE_EXPIRED, NOT_PAID, NOT_THIS_WAY ->
                    unknownOrder();
            case UNKNOWN_REFUND,
                    REFUND_TERMS_DIFFER,
                    REFUND_TOO_MUCH,
                    REFUND_TOO_MANY,
                    REFUND_TOO_SOON,
                    REFUND_TOO_LATE,
                    REFUND_ENDED,
                    TOO_LATE_TO_REVERSE ->
                    throw new IllegalStateException(refused);
        };
    }

    private static WechatError unknownOrder() {
        return WechatError.of(404, "ORDERNOTEXIST", "The order does not exist.");
    }

    private record CodeUrl(String codeUrl) {}

    private record PrepayId(String prepayId) {}

    private record MwebUrl(String mwebUrl) {}
}
