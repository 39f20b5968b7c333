package io.ferrypay.sandbox.payease;

import io.ferrypay.sandbox.payease.Faults.FaultOrder;
import io.ferrypay.sandbox.payease.Faults.NotificationFaults;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

/** The payer's and the saboteur's remote control. Orders go by the merchant's own number. */
@RestController("payeaseControlController")
@RequestMapping("/control/payease")
class ControlController {

    private static final int MAX_NOTICES = 1_000;

    private final Orders orders;
    private final Payer payer;
    private final ArrivedOrder arrived;
    private final Notifications notifications;
    private final Faults faults;
    private final Settings settings;

    ControlController(
            Orders orders,
            Payer payer,
            ArrivedOrder arrived,
            Notifications notifications,
            Faults faults,
            Settings settings) {
        this.orders = orders;
        this.payer = payer;
        this.arrived = arrived;
        this.notifications = notifications;
        this.faults = faults;
        this.settings = settings;
    }

    @GetMapping("/orders/{number}")
    OrderView order(@PathVariable String number) {
        return OrderView.of(orders.ofNumber(number));
    }

    /** Pays at the bank without coming back from it. */
    @PostMapping("/orders/{number}/pay")
    OrderView pay(
            @PathVariable String number,
            @RequestBody(required = false) @Nullable PayCommand command) {
        return OrderView.of(
                payer.pay(
                        orders.ofNumber(number).oid(), command == null ? null : command.holder()));
    }

    /** The bank refuses; the order can be tried again until it lapses. */
    @PostMapping("/orders/{number}/decline")
    OrderView decline(
            @PathVariable String number,
            @RequestBody(required = false) @Nullable DeclineCommand command) {
        var why = command == null ? null : command.reason();
        return OrderView.of(
                payer.decline(
                        orders.ofNumber(number).oid(), Objects.requireNonNullElse(why, "支付失败")));
    }

    /** The order's time is over; nobody is told. */
    @PostMapping("/orders/{number}/expire")
    OrderView expire(@PathVariable String number) {
        return OrderView.of(orders.expire(orders.ofNumber(number).oid()));
    }

    /** Sends the notification once more, alone, and shows the answers. */
    @PostMapping("/orders/{number}/notify")
    Notices notifyAgain(
            @PathVariable String number,
            @RequestBody(required = false) @Nullable NotificationFaults with) {
        return new Notices(
                notifications.sendAgain(
                        orders.ofNumber(number),
                        Objects.requireNonNullElse(with, NotificationFaults.NONE)),
                notifications.waiting());
    }

    /** Does what a browser and its payer do: posts the form or opens the page, and decides. */
    @PostMapping("/browser/pay")
    Returned browse(@RequestBody BrowserCommand command) {
        var order = arrive(command);
        var bank = command.bank();
        if (bank != null) {
            order = orders.choose(order.oid(), bank);
        }
        var outcome = Objects.requireNonNullElse(command.outcome(), "pay");
        var decided =
                switch (outcome) {
                    case "pay" -> payer.pay(order.oid(), command.holder());
                    case "decline" -> payer.decline(order.oid(), "支付失败");
                    case "leave" -> order;
                    default -> throw new IllegalArgumentException("outcome: pay, decline, leave");
                };
        return new Returned(payer.back(decided), OrderView.of(decided));
    }

    private Order arrive(BrowserCommand command) {
        if (command.url() != null) {
            var path = URI.create(command.url()).getPath();
            var oid = path.substring(path.lastIndexOf('/') + 1);
            var order = orders.find(URLDecoder.decode(oid, StandardCharsets.UTF_8));
            if (order == null) {
                throw new Refused(Refused.INVALID_ORDER);
            }
            return order;
        }
        if (command.action() == null || command.fields() == null) {
            throw new IllegalArgumentException("url, or action and fields");
        }
        var path = URI.create(command.action()).getPath();
        var form = new Form(command.fields());
        if (path.endsWith(BankController.DIRECT_UTF8)) {
            return orders.place(arrived.read(form, false, true));
        }
        if (path.endsWith(BankController.DIRECT_GBK)) {
            return orders.place(arrived.read(form, true, true));
        }
        if (path.endsWith(BankController.CASHIER)) {
            return orders.place(arrived.read(form, true, false));
        }
        throw new IllegalArgumentException("Payease has no page " + path);
    }

    @GetMapping("/notifications")
    Notices notices(
            @RequestParam(name = "out_trade_no", required = false) @Nullable String number) {
        return new Notices(notifications.sent(number, MAX_NOTICES), notifications.waiting());
    }

    /** From now on endings are gathered and nobody is told. */
    @PostMapping("/notifications/hold")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void hold() {
        notifications.hold();
    }

    /** Tells what was gathered, in batches. */
    @PostMapping("/notifications/release")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release() {
        notifications.release();
    }

    @PostMapping("/refunds/{refundNumber}/succeed")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void refundSucceeds(@PathVariable String refundNumber) {
        orders.decide(refundNumber, true);
    }

    @PostMapping("/refunds/{refundNumber}/fail")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void refundFails(@PathVariable String refundNumber) {
        orders.decide(refundNumber, false);
    }

    @GetMapping("/settings")
    Settings.Current settings() {
        return settings.now();
    }

    /** What is left out stays as it is. */
    @PostMapping("/settings")
    Settings.Current change(@RequestBody Settings.Change change) {
        return settings.change(change);
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

    @ExceptionHandler
    ProblemDetail refused(Refused refused) {
        var status =
                refused.isUnknownOrder() || refused.words().equals("Invalid refund number")
                        ? HttpStatus.NOT_FOUND
                        : HttpStatus.CONFLICT;
        return ProblemDetail.forStatusAndDetail(status, refused.words());
    }

    @ExceptionHandler
    ProblemDetail wrong(IllegalArgumentException wrong) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }

    /**
     * @param holder the account's holder, when it is not who the merchant says
     */
    record PayCommand(@Nullable String holder) {}

    record DeclineCommand(@Nullable String reason) {}

    /**
     * @param url of a bank's page; or {@code action} and {@code fields} of the form
     * @param outcome {@code pay} (if left out), {@code decline} or {@code leave}
     * @param bank at the cashier's page
     */
    record BrowserCommand(
            @Nullable String url,
            @Nullable String action,
            @Nullable Map<String, String> fields,
            @Nullable String outcome,
            @Nullable String holder,
            @Nullable Bank bank) {}

    /** Where the browser was sent, by GET. */
    record Returned(String returnUrl, OrderView order) {}

    /**
     * @param waiting how many notifications nobody accepted yet, over all orders
     */
    record Notices(List<SentNotice> notifications, int waiting) {}

    /**
     * An order as tests see it.
     *
     * @param payer masked
     */
    record OrderView(
            String outTradeNo,
            String oid,
            String state,
            String words,
            String amount,
            @Nullable Bank bank,
            @Nullable String payer,
            String returnUrl,
            Instant createdAt,
            @Nullable Instant paidAt,
            List<Order.Refund> refunds) {

        static OrderView of(Order order) {
            var name = order.payerName();
            return new OrderView(
                    order.number(),
                    order.oid(),
                    order.state().name(),
                    order.words(),
                    order.amount(),
                    order.bank(),
                    name == null ? null : BankPage.masked(name),
                    order.url(),
                    order.createdAt(),
                    order.paidAt(),
                    order.refunds());
        }
    }
}
