package io.ferrypay.sandbox.alipay.gateway;

import io.ferrypay.sandbox.alipay.AlipayKeys;
import io.ferrypay.sandbox.alipay.AlipaySandboxProperties;
import io.ferrypay.sandbox.alipay.fault.AlipayFaults;
import io.ferrypay.sandbox.alipay.fault.GatewayMisbehaviour;
import io.ferrypay.sandbox.alipay.fault.GatewayOperation;
import io.ferrypay.sandbox.alipay.notification.AlipayNoticePost;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The one address: proof of the sender, the work, the signed answer, and what goes wrong. */
@RestController
class GatewayController {

    private static final Logger log = LoggerFactory.getLogger(GatewayController.class);
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final Charset GBK = Charset.forName("GBK");

    private final Gateway gateway;
    private final TradeService trades;
    private final SpotPay spotPay;
    private final FileService files;
    private final AlipayKeys keys;
    private final AlipaySandboxProperties properties;
    private final AlipayNoticePost notices;
    private final AlipayFaults faults;

    GatewayController(
            Gateway gateway,
            TradeService trades,
            SpotPay spotPay,
            FileService files,
            AlipayKeys keys,
            AlipaySandboxProperties properties,
            AlipayNoticePost notices,
            AlipayFaults faults) {
        this.gateway = gateway;
        this.trades = trades;
        this.spotPay = spotPay;
        this.files = files;
        this.keys = keys;
        this.properties = properties;
        this.notices = notices;
        this.faults = faults;
    }

    @RequestMapping(
            path = "/alipay/gateway.do",
            method = {RequestMethod.GET, RequestMethod.POST})
    ResponseEntity<byte[]> answer(HttpServletRequest request) {
        var browser = false;
        try {
            var body =
                    request.getMethod().equals("POST")
                            ? request.getInputStream().readNBytes(MAX_BODY_BYTES + 1)
                            : new byte[0];
            if (body.length > MAX_BODY_BYTES) {
                throw new GatewayError("ILLEGAL_ARGUMENT");
            }
            var call = GatewayCall.read(request.getQueryString(), body);
            var operation = call.operation();
            browser =
                    operation == GatewayOperation.CREATE
                            || operation == GatewayOperation.CREATE_WAP;
            if (operation == GatewayOperation.VERIFY) {
                call.requirePartner(properties);
                var known = notices.hasSent(call.text("notify_id"));
                return text(Boolean.toString(known));
            }
            gateway.check(call);
            return misbehave(call, operation);
        } catch (GatewayError e) {
            return browser ? errorPage(e) : xml(AnswerXml.failure(e.code()));
        } catch (IOException | RuntimeException e) {
            log.error("Alipay's gateway failed", e);
            return xml(AnswerXml.failure("SYSTEM_ERROR"));
        }
    }

    private ResponseEntity<byte[]> misbehave(GatewayCall call, GatewayOperation operation) {
        var number = call.text("out_trade_no");
        if (operation == GatewayOperation.SPOT_PAY) {
            faults.follow(call.text("buyer_identity_code"), call.text("partner_trans_id"));
        }
        var fault =
                faults.draw(operation, number.isEmpty() ? call.text("partner_trans_id") : number);
        if (fault.failBefore()) {
            throw new GatewayError("SYSTEM_ERROR");
        }
        var answer = work(call, operation, fault);
        fault.hesitate();
        if (fault.failAfter()) {
            throw new GatewayError("SYSTEM_ERROR");
        }
        if (fault.html502()) {
            return ResponseEntity.status(502)
                    .contentType(MediaType.TEXT_HTML)
                    .body(
                            "<html><body><h1>502 Bad Gateway</h1></body></html>"
                                    .getBytes(StandardCharsets.US_ASCII));
        }
        var body = answer.getBody();
        if (fault.cut() && body != null) {
            return ResponseEntity.ok()
                    .header(HttpHeaders.CONNECTION, "close")
                    .contentType(MediaType.TEXT_XML)
                    .contentLength(body.length)
                    .body(Arrays.copyOf(body, body.length / 2));
        }
        return answer;
    }

    private ResponseEntity<byte[]> work(
            GatewayCall call, GatewayOperation operation, GatewayMisbehaviour fault) {
        return switch (operation) {
            case CREATE, CREATE_WAP ->
                    ResponseEntity.status(HttpStatus.FOUND)
                            .header(
                                    HttpHeaders.LOCATION,
                                    "/alipay/cashier/" + trades.create(call).token())
                            .build();
            case PRECREATE ->
                    xml(AnswerXml.success(call, "alipay", trades.precreate(call), keys, fault));
            case QUERY -> xml(AnswerXml.success(call, "trade", trades.query(call), keys, fault));
            case OVERSEAS_QUERY ->
                    xml(AnswerXml.success(call, "alipay", trades.overseasQuery(call), keys, fault));
            case SPOT_PAY ->
                    xml(AnswerXml.success(call, "alipay", spotPay.charge(call), keys, fault));
            case CLOSE -> xml(AnswerXml.success(call, "alipay", trades.close(call), keys, fault));
            case CANCEL -> xml(AnswerXml.success(call, "alipay", trades.cancel(call), keys, fault));
            case REFUND -> {
                trades.refundOnline(call);
                yield xml(AnswerXml.bare());
            }
            case SPOT_REFUND ->
                    xml(AnswerXml.success(call, "alipay", trades.refundInStore(call), keys, fault));
            case RATES -> text(files.rateFile());
            case STATEMENT ->
                    text(files.compareFile(call.text("start_date"), call.text("end_date")));
            case LIQUIDATION ->
                    text(files.liquidationFile(call.text("start_date"), call.text("end_date")));
            case VERIFY -> throw new GatewayError("ILLEGAL_SERVICE");
        };
    }

    private static ResponseEntity<byte[]> xml(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(body);
    }

    private static ResponseEntity<byte[]> text(String body) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .body(body.getBytes(StandardCharsets.UTF_8));
    }

    /** As Alipay does it, with the text it would have signed; in GBK, whatever was asked for. */
    private static ResponseEntity<byte[]> errorPage(GatewayError error) {
        var page =
                """
                <!doctype html>
                <html lang="zh-CN"><head><meta charset="gbk"><title>TEST 支付宝错误页</title></head>
                <body><h1>错误代码 %s</h1><p>TEST – pretend Alipay</p><pre>%s</pre></body></html>
                """
                        .formatted(error.code(), HtmlUtils.htmlEscape(error.expected(), "UTF-8"));
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, GBK))
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .body(page.getBytes(GBK));
    }
}
