package io.ferrypay.sandbox.jdpay.control;

import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.api.JdpayBillFaults;
import io.ferrypay.sandbox.jdpay.cashier.JdpayCashier;
import io.ferrypay.sandbox.jdpay.fault.JdpayFaultOrder;
import io.ferrypay.sandbox.jdpay.fault.JdpayFaults;
import io.ferrypay.sandbox.jdpay.fault.JdpayNotificationFaults;
import io.ferrypay.sandbox.jdpay.notification.JdpayNotifications;
import io.ferrypay.sandbox.jdpay.notification.JdpaySentNotice;
import io.ferrypay.sandbox.jdpay.order.JdpayCodes;
import io.ferrypay.sandbox.jdpay.order.JdpayOrder;
import io.ferrypay.sandbox.jdpay.order.JdpayOrders;
import io.ferrypay.sandbox.jdpay.order.JdpayRefund;
import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;
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
@OnlyWithJdpayKeys
@RequestMapping("/control/jdpay")
class JdpayControlController {

    private static final int MAX_NOTICES = 1_000;

    private final JdpayOrders orders;
    private final JdpayCashier cashier;
    private final JdpayNotifications notifications;
    private final JdpayFaults faults;
    private final JdpayBillFaults billFaults;

    JdpayControlController(
            JdpayOrders orders,
            JdpayCashier cashier,
            JdpayNotifications notifications,
            JdpayFaults faults,
            JdpayBillFaults billFaults) {
        this.orders = orders;
        this.cashier = cashier;
        this.notifications = notifications;
        this.faults = faults;
        this.billFaults = billFaults;
    }

    @GetMapping("/orders/{number}")
    JdpayOrderView order(@PathVariable String number, HttpServletRequest request) {
        return view(orders.require(number), request);
    }

    @PostMapping("/orders/{number}/pay")
    JdpayOrderView pay(@PathVariable String number, HttpServletRequest request) {
        return view(cashier.pay(number), request);
    }

    /** Pays by what a QR code says. */
    @PostMapping("/codes/pay")
    JdpayOrderView payCode(@RequestBody PayCodeCommand command, HttpServletRequest request) {
        return view(cashier.pay(byCode(command.codeUrl()).tradeNum()), request);
    }

    /**
     * Does what a browser and its person do: posts the form or opens the address, and pays (or
     * declines, or leaves). Answers what the browser is to post back to the merchant.
     */
    @PostMapping("/browser/pay")
    WayBack browser(@RequestBody BrowserCommand command) {
        var order = arrive(command);
        var end =
                switch (Objects.requireNonNullElse(command.decision(), "pay")) {
                    case "pay" -> cashier.pay(order.tradeNum());
                    case "decline" -> cashier.decline(order.tradeNum());
                    case "leave" -> order;
                    default ->
                            throw new IllegalArgumentException("decision is pay, decline or leave");
                };
        var callback = end.terms().callbackUrl();
        return new WayBack(
                end.tradeNum(), callback, callback == null ? Map.of() : cashier.wayBack(end));
    }

    private JdpayOrder arrive(BrowserCommand command) {
        if (command.fields() != null) {
            return cashier.saveOrder(command.fields());
        }
        var url = command.url() == null ? null : HttpUrl.parse(command.url());
        if (url == null) {
            throw new IllegalArgumentException("url, or action and fields");
        }
        var number = url.queryParameter("tradeNum");
        var key = url.queryParameter("key");
        if (number == null || key == null) {
            return byCode(url.toString());
        }
        var order = cashier.find(number, key);
        if (order == null) {
            throw new JdpayError(JdpayError.Code.SIM201);
        }
        return order;
    }

    /** The payer's bank refuses for good. */
    @PostMapping("/orders/{number}/decline")
    JdpayOrderView decline(@PathVariable String number, HttpServletRequest request) {
        return view(cashier.decline(number), request);
    }

    /** The payer's app waits for a yes: the order is being processed. */
    @PostMapping("/orders/{number}/confirming")
    JdpayOrderView confirming(@PathVariable String number, HttpServletRequest request) {
        return view(orders.confirming(number), request);
    }

    /** Closes the order as if its time had come. */
    @PostMapping("/orders/{number}/expire")
    JdpayOrderView expire(@PathVariable String number, HttpServletRequest request) {
        return view(orders.expire(number), request);
    }

    /** Sends the notification once more and shows the answers. */
    @PostMapping("/orders/{number}/notify")
    Notices notifyAgain(
            @PathVariable String number,
            @RequestBody(required = false) @Nullable JdpayNotificationFaults with) {
        return new Notices(
                notifications.sendAgain(
                        number, Objects.requireNonNullElse(with, JdpayNotificationFaults.NONE)),
                notifications.waiting());
    }

    @GetMapping("/notifications")
    Notices notices(
            @RequestParam(name = "out_trade_no", required = false) @Nullable String outTradeNo) {
        return new Notices(notifications.sent(outTradeNo, MAX_NOTICES), notifications.waiting());
    }

    @PostMapping("/refunds/{number}/succeed")
    JdpayOrderView.Refund refundSucceeds(@PathVariable String number) {
        return endRefund(number, JdpayRefund.State.SUCCESS);
    }

    @PostMapping("/refunds/{number}/fail")
    JdpayOrderView.Refund refundFails(@PathVariable String number) {
        return endRefund(number, JdpayRefund.State.FAILED);
    }

    /** Replaces the faults of one order, or those of all others. */
    @PostMapping("/faults")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void sabotage(@RequestBody JdpayFaultOrder order) {
        faults.order(order);
    }

    @DeleteMapping("/faults")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void behave() {
        faults.reset();
        billFaults.reset();
    }

    /** Has the bill of a day disagree with what happened. */
    @PostMapping("/bills/{day}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void falsify(
            @PathVariable LocalDate day, @RequestBody JdpayBillFaults.Discrepancies discrepancies) {
        billFaults.order(day, discrepancies);
    }

    private JdpayOrderView.Refund endRefund(String number, JdpayRefund.State end) {
        var refund = orders.endRefund(number, end);
        notifications.tell(refund);
        return JdpayOrderView.Refund.of(refund);
    }

    private JdpayOrder byCode(String url) {
        var code = JdpayCodes.code(url);
        var order = code == null ? null : orders.findByCode(code);
        if (order == null) {
            throw new JdpayError(JdpayError.Code.SIM201);
        }
        return order;
    }

    private static JdpayOrderView view(JdpayOrder order, HttpServletRequest request) {
        return JdpayOrderView.of(order, JdpayCodes.base(request));
    }

    @ExceptionHandler
    ProblemDetail refused(JdpayError refused) {
        var status =
                switch (refused.code()) {
                    case SIM201 -> HttpStatus.NOT_FOUND;
                    case SIM101, SIM102, SIM103, SIM104 -> HttpStatus.BAD_REQUEST;
                    case SIM202, SIM203, SIM204, SIM301, SIM302, SIM303, SIM900 ->
                            HttpStatus.CONFLICT;
                };
        return ProblemDetail.forStatusAndDetail(
                status, refused.code() + " " + refused.description());
    }

    @ExceptionHandler
    ProblemDetail wrong(IllegalArgumentException wrong) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }

    record PayCodeCommand(String codeUrl) {}

    /**
     * Either {@code url}, or {@code action} and {@code fields}.
     *
     * @param action where the form would go; one cashier is as good as the other
     * @param decision {@code pay} (when absent), {@code decline} or {@code leave}
     */
    record BrowserCommand(
            @Nullable String url,
            @Nullable String action,
            @Nullable Map<String, String> fields,
            @Nullable String decision) {}

    /**
     * @param returnUrl where the browser posts to; null after a QR code
     * @param returnFields what it posts, sealed and signed
     */
    record WayBack(
            String outTradeNo, @Nullable String returnUrl, Map<String, String> returnFields) {}

    /**
     * @param waiting how many notifications nobody accepted yet, over all orders
     */
    record Notices(List<JdpaySentNotice> notifications, int waiting) {}
}
