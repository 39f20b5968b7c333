package io.ferrypay.sandbox.payease;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.payease.Faults.Misbehaviour;
import io.ferrypay.sandbox.payease.Faults.Operation;
import io.ferrypay.sandbox.payease.Faults.Trouble;
import io.ferrypay.sandbox.payease.Order.Refund;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The XML interfaces between servers: order query, refund and two lists of refunds. */
@RestController
@RequestMapping("/payease/merchant")
class ApiController {

    private static final int MAX_FORM = 16 * 1024;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

    private final Orders orders;
    private final Marks marks;
    private final Settings settings;
    private final Faults faults;
    private final PayeaseProperties properties;
    private final SandboxClock clock;

    ApiController(
            Orders orders,
            Marks marks,
            Settings settings,
            Faults faults,
            PayeaseProperties properties,
            SandboxClock clock) {
        this.orders = orders;
        this.marks = marks;
        this.settings = settings;
        this.faults = faults;
        this.properties = properties;
        this.clock = clock;
    }

    @PostMapping("/order/order_ack_oid_list.jsp")
    ResponseEntity<byte[]> query(HttpServletRequest request) throws IOException {
        return answer(
                request,
                Operation.QUERY,
                Form.GBK,
                List.of("v_mid", "v_oid"),
                call -> {
                    var order = known(call);
                    return xml(
                            Form.GBK,
                            "ordermessage",
                            head(call, "0", "Success")
                                    + element("messagebody", element("order", order(order, call))));
                });
    }

    @PostMapping("/refund/ref_ack_submit.jsp")
    ResponseEntity<byte[]> refund(HttpServletRequest request) throws IOException {
        return answer(
                request,
                Operation.REFUND,
                Form.GBK,
                List.of("v_mid", "v_oid", "v_refamount", "v_refoprt"),
                call -> {
                    var amount = call.form().get("v_refamount");
                    if (!amount.matches("[0-9]{1,10}\\.[0-9]{2}")) {
                        throw new Refused("Invalid refund money");
                    }
                    var order = known(call);
                    var refund =
                            orders.refund(
                                    order.oid(),
                                    Long.parseLong(amount.replace(".", "")),
                                    call.form().get("v_refreason"),
                                    call.form().get("v_refoprt"));
                    return xml(
                            Form.GBK,
                            "refundmessage",
                            element("status", "0")
                                    + element("statusdesc", "Success")
                                    + element("mid", call.form().get("v_mid"))
                                    + element("oid", order.oid())
                                    + element("refamount", amount)
                                    + element("refoprt", refund.operator())
                                    + element("refid", refund.id())
                                    + sign(call, order.oid(), refund.id(), amount));
                });
    }

    @PostMapping("/refund/ref_ack_oid_list_utf8.jsp")
    ResponseEntity<byte[]> refundsOfOrder(HttpServletRequest request) throws IOException {
        return answer(
                request,
                Operation.REFUND_LIST,
                StandardCharsets.UTF_8,
                List.of("v_mid", "v_oid"),
                call -> {
                    var order = known(call);
                    var rows = new StringBuilder();
                    for (int i = 0; i < order.refunds().size(); i++) {
                        rows.append(
                                element(
                                        "refund",
                                        element("refundindex", String.valueOf(i + 1))
                                                + refund(order, order.refunds().get(i), call)));
                    }
                    return xml(
                            StandardCharsets.UTF_8,
                            "refundmessage",
                            element(
                                            "messagehead",
                                            headFields(call, "0", "Success")
                                                    + element("version", "1.0")
                                                    + element("amount", order.amount())
                                                    + element("moneytype", "0"))
                                    + element("messagebody", rows.toString()));
                });
    }

    @PostMapping("/refund/ref_ack_day_list_utf8.jsp")
    ResponseEntity<byte[]> refundsOfDay(HttpServletRequest request) throws IOException {
        return answer(
                request,
                Operation.REFUND_DAY_LIST,
                StandardCharsets.UTF_8,
                List.of("v_mid", "v_ymd"),
                call -> {
                    var day = day(call.form().get("v_ymd"));
                    var rows = new StringBuilder();
                    int index = 0;
                    for (var order : orders.refundedOn(day)) {
                        for (var refund : order.refunds()) {
                            if (Orders.day(refund.at()).equals(day)) {
                                rows.append(
                                        element(
                                                "refund",
                                                element("refundindex", String.valueOf(++index))
                                                        + element("oid", order.oid())
                                                        + element("amount", order.amount())
                                                        + element("moneytype", "0")
                                                        + refund(order, refund, call)));
                            }
                        }
                    }
                    return xml(
                            StandardCharsets.UTF_8,
                            "refundmessage",
                            element(
                                            "messagehead",
                                            headFields(call, "0", "Success")
                                                    + element("version", "1.0"))
                                    + element("messagebody", rows.toString()));
                });
    }

    /** A call that has been let in, and what is to go wrong with its answer. */
    private record Call(Form form, Misbehaviour fault) {}

    private ResponseEntity<byte[]> answer(
            HttpServletRequest request,
            Operation operation,
            Charset charset,
            List<String> covered,
            Function<Call, byte[]> work)
            throws IOException {
        var form = Form.read(request.getInputStream().readNBytes(MAX_FORM), StandardCharsets.UTF_8);
        var fault = faults.draw(operation, number(form.get("v_oid")));
        if (fault.is(Trouble.FAIL_BEFORE)) {
            return ResponseEntity.status(500).build();
        }
        byte[] body;
        try {
            admit(request, form, covered, fault);
            body = work.apply(new Call(form, fault));
        } catch (Refused e) {
            return xml(refusal(operation, charset, form, e.words()));
        }
        fault.hesitate();
        if (fault.is(Trouble.DROP_AFTER)) {
            // Promising more than is sent makes the server end the connection in the middle.
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_XML)
                    .contentLength(body.length)
                    .body(Arrays.copyOf(body, 1));
        }
        if (fault.is(Trouble.FAIL_AFTER)) {
            return ResponseEntity.status(500).build();
        }
        if (fault.is(Trouble.HTML_502)) {
            return ResponseEntity.status(502)
                    .contentType(MediaType.TEXT_HTML)
                    .body(
                            "<html><body><h1>502 Bad Gateway</h1></body></html>"
                                    .getBytes(StandardCharsets.US_ASCII));
        }
        if (fault.is(Trouble.SYSTEM_ERROR)) {
            return xml(refusal(operation, charset, form, "(E99)System error"));
        }
        return xml(fault.is(Trouble.CUT) ? Arrays.copyOf(body, body.length / 2) : body);
    }

    private void admit(
            HttpServletRequest request, Form form, List<String> covered, Misbehaviour fault) {
        var allowed = settings.now().onlyFrom();
        if (!allowed.isEmpty() && !allowed.contains(request.getRemoteAddr())) {
            throw new Refused("(E08)Invalid request");
        }
        if (!form.get("v_mid").equals(properties.merchantNumber())) {
            throw new Refused("(E06)Invalid merchant");
        }
        if (!marks.isMac(
                form.orNull("v_mac"),
                StandardCharsets.UTF_8,
                covered.stream().map(form::get).toArray(String[]::new))) {
            throw new Refused("(E03)Fingerprint invalid");
        }
        if (fault.is(Trouble.UNAVAILABLE)) {
            throw new Refused("(E07)The service for this merchant is unavailable");
        }
        if (fault.is(Trouble.UNKNOWN_ORDER)) {
            throw new Refused("(E01)" + Refused.INVALID_ORDER);
        }
    }

    private Order known(Call call) {
        var order = orders.find(call.form().get("v_oid"));
        if (order == null) {
            throw new Refused("(E01)" + Refused.INVALID_ORDER);
        }
        return order;
    }

    private String order(Order order, Call call) {
        return element("orderindex", "1")
                + element("oid", order.oid())
                + element("pmode", order.bankName())
                + element("pstatus", order.queried())
                + element("pstring", order.words())
                + element("amount", order.amount())
                + element("moneytype", "0")
                + element("isvirement", isSettled(order) ? "1" : "0")
                + sign(call, order.oid(), order.queried(), order.amount(), "0");
    }

    /** The day after it was paid. */
    private boolean isSettled(Order order) {
        var paidAt = order.paidAt();
        return paidAt != null && Orders.day(paidAt).isBefore(Orders.day(clock.instant()));
    }

    private String refund(Order order, Refund refund, Call call) {
        var status = refund.status(now(), properties.refundAfter());
        return element("refid", refund.id())
                + element("refamount", Order.yuan(refund.fen()))
                + element("refmoneytype", "0")
                + element("refdate", SECOND.format(refund.at()))
                + element("refstatus", status)
                + element("reftype", "1")
                + element("offline_ref_status", "")
                + element("refreason", refund.reason())
                + sign(call, order.oid(), refund.id(), status, Order.yuan(refund.fen()), "0");
    }

    private Instant now() {
        return clock.instant();
    }

    private String sign(Call call, String... values) {
        if (call.fault().is(Trouble.UNSIGNED)) {
            return "";
        }
        return element(
                "sign",
                call.fault().is(Trouble.BAD_SIGNATURE) ? marks.forgedSign() : marks.sign(values));
    }

    private static String head(Call call, String status, String words) {
        return element("messagehead", headFields(call, status, words));
    }

    private static String headFields(Call call, String status, String words) {
        var fields =
                element("status", status)
                        + element("statusdesc", words)
                        + element("mid", call.form().get("v_mid"));
        return call.form().get("v_oid").isEmpty()
                ? fields
                : fields + element("oid", call.form().get("v_oid"));
    }

    private static byte[] refusal(Operation operation, Charset charset, Form form, String words) {
        var call = new Call(form, Misbehaviour.NONE);
        return switch (operation) {
            case QUERY -> xml(charset, "ordermessage", head(call, "1", words));
            case REFUND -> xml(charset, "refundmessage", headFields(call, "1", words));
            case REFUND_LIST, REFUND_DAY_LIST ->
                    xml(charset, "refundmessage", head(call, "1", words));
        };
    }

    private static ResponseEntity<byte[]> xml(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(body);
    }

    private static byte[] xml(Charset charset, String root, String content) {
        return ("<?xml version=\"1.0\" encoding=\"%s\"?>\n".formatted(charset.name())
                        + element(root, content))
                .getBytes(charset);
    }

    /** Text is escaped; markup made by this method passes. */
    private static String element(String name, String content) {
        var text = content.startsWith("<") ? content : escape(content);
        return "<" + name + ">" + text + "</" + name + ">";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeParseException e) {
            throw new Refused("Invalid date");
        }
    }

    private static @Nullable String number(String oid) {
        int last = oid.lastIndexOf('-');
        return last < 0 ? null : oid.substring(last + 1);
    }
}
