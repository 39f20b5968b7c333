package io.ferrypay.sandbox.jdpay.api;

import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.fault.JdpayFaults;
import io.ferrypay.sandbox.jdpay.fault.JdpayMisbehaviour;
import io.ferrypay.sandbox.jdpay.fault.JdpayMisbehaviour.Kind;
import io.ferrypay.sandbox.jdpay.fault.JdpayOperation;
import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import io.ferrypay.sandbox.jdpay.wire.JdpayWire;
import io.ferrypay.sandbox.jdpay.wire.JdpayWire.Flaw;
import io.ferrypay.sandbox.jdpay.wire.MessageText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Where every call of a merchant's server passes: proof of the sender before the work, signature
 * after it, and the ordered misbehaviour around it. A refusal is HTTP 200 and nobody signs it.
 */
@Component
@OnlyWithJdpayKeys
class JdpayDesk {

    private static final Logger log = LoggerFactory.getLogger(JdpayDesk.class);
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final JdpayWire wire;
    private final JdpayFaults faults;

    JdpayDesk(JdpayWire wire, JdpayFaults faults) {
        this.wire = wire;
        this.faults = faults;
    }

    /** Answers one call; the work gives what the answer says, or refuses with an error. */
    void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            JdpayOperation operation,
            Function<Map<String, String>, MessageText> work)
            throws IOException {
        try {
            var fields = wire.openRequest(request.getInputStream().readNBytes(MAX_BODY_BYTES));
            var order = fields.getOrDefault("oTradeNum", fields.getOrDefault("tradeNum", ""));
            misbehave(response, faults.draw(operation, order), fields, work);
        } catch (JdpayError e) {
            xml(response, wire.failure(e));
        } catch (ArithmeticException e) {
            xml(response, wire.failure(JdpayError.badParameter("amount")));
        } catch (RuntimeException e) {
            log.error("JD {} failed", operation, e);
            xml(response, wire.failure(new JdpayError(JdpayError.Code.SIM900)));
        }
    }

    private void misbehave(
            HttpServletResponse response,
            JdpayMisbehaviour fault,
            Map<String, String> fields,
            Function<Map<String, String>, MessageText> work)
            throws IOException {
        if (fault.is(Kind.BUSY)) {
            throw new JdpayError(JdpayError.Code.SIM900);
        }
        if (fault.is(Kind.FAIL_BEFORE)) {
            html(response, 500);
            return;
        }
        var answer = work.apply(fields);
        fault.hesitate();
        if (fault.is(Kind.BUSY_AFTER)) {
            throw new JdpayError(JdpayError.Code.SIM900);
        }
        if (fault.is(Kind.FAIL_AFTER)) {
            html(response, 500);
            return;
        }
        if (fault.is(Kind.HTML_502)) {
            html(response, 502);
            return;
        }
        if (fault.is(Kind.OTHER_ORDER)) {
            answer =
                    new MessageText()
                            .add("tradeNum", "SOMEBODYELSESORDER")
                            .add("oTradeNum", "SOMEBODYELSESORDER")
                            .add("tradeType", fields.getOrDefault("tradeType", "0"))
                            .add("amount", 1)
                            .add("currency", "CNY")
                            .add("status", 2);
        }
        var flaw =
                fault.is(Kind.UNSIGNED)
                        ? Flaw.UNSIGNED
                        : fault.is(Kind.BAD_SIGNATURE) ? Flaw.BAD_SIGNATURE : Flaw.NONE;
        var text = wire.answer(answer, flaw);
        if (fault.is(Kind.CUT)) {
            cut(response, text);
        } else {
            xml(response, text);
        }
    }

    private static void xml(HttpServletResponse response, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/xml;charset=utf-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static void html(HttpServletResponse response, int status) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.getOutputStream()
                .write(
                        "<html><body><h1>%d</h1></body></html>"
                                .formatted(status)
                                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Half of it, and then the connection is gone: an exception after the first bytes ends it. */
    private static void cut(HttpServletResponse response, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes, 0, bytes.length / 2);
        response.flushBuffer();
        throw new IOException("cut off on request");
    }
}
