package io.ferrypay.sandbox.wechat.wire;

import io.ferrypay.sandbox.wechat.fault.ApiMisbehaviour;
import io.ferrypay.sandbox.wechat.fault.ApiOperation;
import io.ferrypay.sandbox.wechat.fault.Faults;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Where every API v3 call passes: proof of the sender before the work, signature after it, and the
 * ordered misbehaviour around it.
 */
@Component
public class ApiDesk {

    private static final Logger log = LoggerFactory.getLogger(ApiDesk.class);
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final byte[] EMPTY = {};

    private final RequestVerifier verifier;
    private final PlatformSigner signer;
    private final Nonces nonces;
    private final Faults faults;

    ApiDesk(RequestVerifier verifier, PlatformSigner signer, Nonces nonces, Faults faults) {
        this.verifier = verifier;
        this.signer = signer;
        this.nonces = nonces;
        this.faults = faults;
    }

    /**
     * Answers one call.
     *
     * @param outTradeNo the order the URL names, or null when the body names it
     * @param work gives what is to be answered as JSON, or a {@link SignedText}, or null for 204
     *     without body; refuses with {@link WechatError}
     */
    public ResponseEntity<byte[]> answer(
            HttpServletRequest request,
            ApiOperation operation,
            @Nullable String outTradeNo,
            Function<WechatCall, @Nullable Object> work) {
        return answer(request, operation, outTradeNo, _ -> {}, work);
    }

    /**
     * As {@link #answer(HttpServletRequest, ApiOperation, String, Function)}.
     *
     * @param before what is done with a proven call before it is decided what goes wrong with it
     */
    public ResponseEntity<byte[]> answer(
            HttpServletRequest request,
            ApiOperation operation,
            @Nullable String outTradeNo,
            Consumer<WechatCall> before,
            Function<WechatCall, @Nullable Object> work) {
        try {
            var body = read(request);
            var call = new WechatCall(verifier.verify(request, body), parse(body));
            before.accept(call);
            var subject = outTradeNo == null ? call.text("out_trade_no") : outTradeNo;
            return misbehave(faults.draw(operation, subject), call, work);
        } catch (WechatError e) {
            return refusal(e);
        } catch (IOException | RuntimeException e) {
            log.error("WeChat {} failed", operation, e);
            return refusal(WechatError.systemError());
        }
    }

    /** Answers a call to a path WeChat does not have. */
    public ResponseEntity<byte[]> noSuchPath() {
        return refusal(WechatError.of(404, "NOT_FOUND", "There is no such interface."));
    }

    private ResponseEntity<byte[]> misbehave(
            ApiMisbehaviour fault, WechatCall call, Function<WechatCall, @Nullable Object> work) {
        if (fault.rateLimited()) {
            throw WechatError.of(429, "FREQUENCY_LIMITED", "Too many requests, slow down.");
        }
        if (fault.failBefore()) {
            throw WechatError.systemError();
        }
        var answer = work.apply(call);
        fault.hesitate();
        if (fault.failAfter()) {
            throw WechatError.systemError();
        }
        if (fault.html502()) {
            return ResponseEntity.status(502)
                    .contentType(MediaType.TEXT_HTML)
                    .body(
                            "<html><body><h1>502 Bad Gateway</h1></body></html>"
                                    .getBytes(StandardCharsets.US_ASCII));
        }
        if (answer instanceof SignedText text) {
            return file(text, fault);
        }
        if (answer instanceof Accepted(var what)) {
            return signed(what.body(), 202, fault);
        }
        var body = answer == null ? EMPTY : WireJson.MAPPER.writeValueAsBytes(answer);
        return signed(body, answer == null ? 204 : 200, fault);
    }

    private ResponseEntity<byte[]> signed(byte[] body, int status, ApiMisbehaviour fault) {
        var headers = headers(body.length > 0);
        if (!fault.unsigned()) {
            sign(headers, fault.badSignature() ? signer.forge() : signer.sign(body));
        }
        return new ResponseEntity<>(
                body.length > 0 ? body : null, headers, HttpStatusCode.valueOf(status));
    }

    private ResponseEntity<byte[]> file(SignedText file, ApiMisbehaviour fault) {
        var sha1 = sha1(file.wrongSha1() ? EMPTY : file.text());
        var headers = headers(false);
        headers.setContentType(MediaType.TEXT_PLAIN);
        headers.set("Wechatpay-Statement-Sha1", sha1);
        if (!fault.unsigned()) {
            var signed = ("{\"sha1\":\"" + sha1 + "\"}").getBytes(StandardCharsets.US_ASCII);
            sign(headers, fault.badSignature() ? signer.forge() : signer.sign(signed));
        }
        if (file.gzip()) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return new ResponseEntity<>(
                file.gzip() ? gzipped(file.text()) : file.text(),
                headers,
                HttpStatusCode.valueOf(200));
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzipped(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static void sign(HttpHeaders headers, SignatureHeaders signature) {
        headers.set("Wechatpay-Timestamp", signature.timestamp());
        headers.set("Wechatpay-Nonce", signature.nonce());
        headers.set("Wechatpay-Signature", signature.signature());
        headers.set("Wechatpay-Serial", signature.serial());
        headers.set("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
    }

    private ResponseEntity<byte[]> refusal(WechatError error) {
        return new ResponseEntity<>(
                error.body(), headers(true), HttpStatusCode.valueOf(error.status()));
    }

    private HttpHeaders headers(boolean withBody) {
        var headers = new HttpHeaders();
        headers.set("Request-ID", nonces.next(32) + "-0");
        headers.setCacheControl("no-store");
        if (withBody) {
            headers.setContentType(MediaType.APPLICATION_JSON);
        }
        return headers;
    }

    private static byte[] read(HttpServletRequest request) throws IOException {
        var body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw WechatError.badInput("body", "", "the body is larger than 64 KiB");
        }
        return body;
    }

    private static JsonNode parse(byte[] body) {
        if (body.length == 0) {
            return WechatCall.NO_BODY;
        }
        JsonNode json;
        try {
            json = WireJson.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw WechatError.badInput("body", "", "the body is not JSON");
        }
        if (!json.isObject()) {
            throw WechatError.badInput("body", "", "the body is not a JSON object");
        }
        return json;
    }
}
