package io.ferrypay.sandbox.jdpay.api;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.fault.JdpayFaults;
import io.ferrypay.sandbox.jdpay.fault.JdpayOperation;
import io.ferrypay.sandbox.jdpay.notification.JdpayNotifications;
import io.ferrypay.sandbox.jdpay.order.JdpayCodes;
import io.ferrypay.sandbox.jdpay.order.JdpayOrders;
import io.ferrypay.sandbox.jdpay.order.JdpayRefund;
import io.ferrypay.sandbox.jdpay.order.JdpayTermsReader;
import io.ferrypay.sandbox.jdpay.order.JdpayTold;
import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import io.ferrypay.sandbox.jdpay.wire.MessageText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code paygate.jd.com/service}. */
@RestController
@OnlyWithJdpayKeys
@RequestMapping("/jdpay/service")
class JdpayServiceController {

    private static final String NUMBER = "[A-Za-z0-9_-]{1,30}";
    private static final String AMOUNT = "[1-9][0-9]{0,14}";

    private final JdpayDesk desk;
    private final JdpayOrders orders;
    private final JdpayNotifications notifications;
    private final JdpayFaults faults;
    private final SandboxClock clock;

    JdpayServiceController(
            JdpayDesk desk,
            JdpayOrders orders,
            JdpayNotifications notifications,
            JdpayFaults faults,
            SandboxClock clock) {
        this.desk = desk;
        this.orders = orders;
        this.notifications = notifications;
        this.faults = faults;
        this.clock = clock;
    }

    @PostMapping("/uniorder")
    void uniorder(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var base = JdpayCodes.base(request);
        desk.answer(request, response, JdpayOperation.UNIORDER, fields -> uniorder(fields, base));
    }

    @PostMapping("/query")
    void query(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desk.answer(request, response, JdpayOperation.QUERY, this::query);
    }

    @PostMapping("/queryRefund")
    void queryRefund(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desk.answer(request, response, JdpayOperation.QUERY_REFUND, this::queryRefund);
    }

    @PostMapping("/refund")
    void refund(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desk.answer(request, response, JdpayOperation.REFUND, this::refund);
    }

    @PostMapping("/revoke")
    void revoke(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desk.answer(request, response, JdpayOperation.REVOKE, this::revoke);
    }

    private MessageText uniorder(Map<String, String> fields, String base) {
        var type = fields.getOrDefault("tradeType", "GEN");
        if (!type.equals("GEN") && !type.equals("QR")) {
            throw JdpayError.badParameter("tradeType");
        }
        var scanning = type.equals("QR");
        var order = orders.place(JdpayTermsReader.read(fields, false), scanning);
        return new MessageText()
                .add("orderId", order.orderId())
                .add("merchantName", "FerryPay test merchant")
                .add("amount", order.terms().amount())
                .add("tradeNum", order.tradeNum())
                .add("expireTime", order.terms().expireSeconds())
                .add("qrCode", order.code() == null ? null : JdpayCodes.url(base, order.code()));
    }

    private MessageText query(Map<String, String> fields) {
        var number = JdpayTermsReader.matching(fields, "tradeNum", NUMBER);
        return switch (JdpayTermsReader.matching(fields, "tradeType", "[01]")) {
            case "0" -> JdpayTold.payment(orders.require(number));
            default -> {
                var order = orders.findByRefund(number);
                var refund = order == null ? null : order.refund(number);
                if (refund == null) {
                    throw new JdpayError(JdpayError.Code.SIM201);
                }
                yield JdpayTold.refund(refund);
            }
        };
    }

    private MessageText queryRefund(Map<String, String> fields) {
        var order = orders.require(JdpayTermsReader.matching(fields, "oTradeNum", NUMBER));
        var list = new MessageText();
        for (var refund : order.refunds()) {
            list.add("refund", JdpayTold.refund(refund));
        }
        return new MessageText().add("oTradeNum", order.tradeNum()).add("refList", list);
    }

    private MessageText refund(Map<String, String> fields) {
        var wanted = wanted(fields, JdpayTermsReader.notifyUrl(fields));
        var refund = orders.refund(wanted, !faults.holdsRefundsOf(wanted.oTradeNum()));
        notifications.tell(refund);
        return JdpayTold.refund(refund);
    }

    private MessageText revoke(Map<String, String> fields) {
        var wanted = wanted(fields, null);
        var order = orders.require(wanted.oTradeNum());
        if (order.terms().amount() != wanted.amount()) {
            throw JdpayError.badParameter("amount");
        }
        orders.revoke(wanted);
        return new MessageText()
                .add("tradeNum", wanted.tradeNum())
                .add("tradeType", 2)
                .add("oTradeNum", wanted.oTradeNum())
                .add("amount", wanted.amount())
                .add("currency", "CNY")
                .add("tradeTime", wanted.tradeTime())
                .add("status", 1)
                .add("note", wanted.note());
    }

    private JdpayRefund wanted(Map<String, String> fields, @Nullable String notifyUrl) {
        JdpayTermsReader.matching(fields, "currency", "CNY");
        return new JdpayRefund(
                JdpayTermsReader.matching(fields, "tradeNum", NUMBER),
                JdpayTermsReader.matching(fields, "oTradeNum", NUMBER),
                Long.parseLong(JdpayTermsReader.matching(fields, "amount", AMOUNT)),
                JdpayTermsReader.matching(fields, "tradeTime", "[0-9]{14}"),
                fields.getOrDefault("note", ""),
                notifyUrl,
                JdpayRefund.State.PROCESSING,
                clock.instant(),
                null);
    }
}
