package io.ferrypay.sandbox.wechat;

import com.google.gson.JsonObject;
import com.wechat.pay.java.core.AbstractRSAConfig;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.certificate.CertificateDownloader;
import com.wechat.pay.java.core.certificate.CertificateHandler;
import com.wechat.pay.java.core.certificate.InMemoryCertificateProvider;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.AeadCipher;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.http.HttpResponse;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.JsonResponseBody;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.core.util.PemUtil;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The merchant's side, played by the official SDK with every check it has switched on. */
public final class Institution {

    public static final String MCHID = "1900000100";
    public static final String SHOP = "1900000109";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String baseUrl;
    private final HttpClient http;
    private final NotificationParser parser;
    private final WechatPay2Credential credential;
    private final RSASigner signer;

    public Institution(String baseUrl, Path keys) throws IOException {
        this.baseUrl = baseUrl;
        var privateKey =
                PemUtil.loadPrivateKeyFromString(
                        Files.readString(keys.resolve("merchant-key.pem")));
        var serial = Files.readString(keys.resolve("merchant-serial.txt")).strip();
        var apiV3Key =
                Files.readString(keys.resolve("api-v3-key.txt"))
                        .getBytes(StandardCharsets.US_ASCII);
        signer = new RSASigner(serial, privateKey);
        credential = new WechatPay2Credential(MCHID, signer);
        var bootstrap =
                new DefaultHttpClientBuilder()
                        .credential(credential)
                        .validator(new AcceptEverything())
                        .build();
        var certificates =
                new CertificateDownloader.Builder()
                        .downloadUrl(baseUrl + "/v3/global/certificates")
                        .httpClient(bootstrap)
                        .aeadCipher(new AeadAesCipher(apiV3Key))
                        .certificateHandler(new SelfSigned())
                        .build()
                        .download();
        var provider = new InMemoryCertificateProvider(List.copyOf(certificates.values()));
        var config = new AbstractRSAConfig(MCHID, privateKey, serial, provider) {};
        http = new DefaultHttpClientBuilder().config(config).build();
        parser =
                new NotificationParser(
                        Map.of("WECHATPAY2-SHA256-RSA2048", (Verifier) new RSAVerifier(provider)),
                        Map.of("AEAD_AES_256_GCM", (AeadCipher) new AeadAesCipher(apiV3Key)));
    }

    /** An order body with everything WeChat asks for. */
    public static Map<String, Object> order(String outTradeNo, String notifyUrl) {
        var order = new LinkedHashMap<String, Object>();
        order.put("sp_mchid", MCHID);
        order.put("sp_appid", "wx8888888888888888");
        order.put("sub_mchid", SHOP);
        order.put("description", "Kiwi honey 蜂蜜");
        order.put("out_trade_no", outTradeNo);
        order.put("notify_url", notifyUrl);
        order.put("trade_type", "NATIVE");
        order.put("merchant_category_code", "5499");
        order.put("amount", new LinkedHashMap<>(Map.of("total", 12000, "currency", "NZD")));
        return order;
    }

    /** An order to be paid inside WeChat by that person. */
    public static Map<String, Object> jsapiOrder(
            String outTradeNo, String notifyUrl, String openid) {
        var order = order(outTradeNo, notifyUrl);
        order.put("trade_type", "JSAPI");
        order.put("payer", Map.of("sp_openid", openid));
        return order;
    }

    /** An order to be paid from a phone's browser. */
    public static Map<String, Object> mwebOrder(String outTradeNo, String notifyUrl) {
        var order = order(outTradeNo, notifyUrl);
        order.put("trade_type", "MWEB");
        order.put(
                "scene_info",
                Map.of(
                        "payer_client_ip",
                        "203.0.113.7",
                        "store_info",
                        Map.of("id", "1", "name", "Harbour Honey Co", "address", "1 Quay Street")));
        return order;
    }

    /** A refund body with everything WeChat asks for. */
    public static Map<String, Object> refund(
            String outTradeNo, String outRefundNo, long amount, String notifyUrl) {
        var refund = new LinkedHashMap<String, Object>();
        refund.put("sp_mchid", MCHID);
        refund.put("sp_appid", "wx8888888888888888");
        refund.put("sub_mchid", SHOP);
        refund.put("out_trade_no", outTradeNo);
        refund.put("out_refund_no", outRefundNo);
        refund.put("reason", "out of stock");
        refund.put("amount", Map.of("refund", amount, "total", 12000, "currency", "NZD"));
        refund.put("notify_url", notifyUrl);
        return refund;
    }

    public JsonNode queryRefund(String outRefundNo) {
        return get(
                "/v3/global/refunds/out-refund-no/%s?sp_mchid=%s&sub_mchid=%s"
                        .formatted(outRefundNo, MCHID, SHOP));
    }

    /** What the institution's page hands to the wallet. */
    public Map<String, String> walletCall(String prepayId) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("appId", "wx8888888888888888");
        parameters.put("timeStamp", "1764040000");
        parameters.put("nonceStr", "ibuaiVcKdpRxkhJA");
        parameters.put("package", "prepay_id=" + prepayId);
        parameters.put("signType", "RSA");
        parameters.put(
                "paySign",
                signer.sign(
                                "wx8888888888888888\n1764040000\nibuaiVcKdpRxkhJA\nprepay_id="
                                        + prepayId
                                        + "\n")
                        .getSign());
        return parameters;
    }

    public String place(Map<String, Object> order) {
        return post("/v3/global/transactions/native", order).path("code_url").stringValue();
    }

    public JsonNode post(String path, Object body) {
        return json(
                http.post(
                        headers(),
                        baseUrl + path,
                        new JsonRequestBody.Builder().body(JSON.writeValueAsString(body)).build(),
                        Object.class));
    }

    public JsonNode get(String path) {
        return json(http.get(headers(), baseUrl + path, Object.class));
    }

    public JsonNode query(String outTradeNo) {
        return get(
                "/v3/global/transactions/out-trade-no/%s?sp_mchid=%s&sub_mchid=%s"
                        .formatted(outTradeNo, MCHID, SHOP));
    }

    public void close(String outTradeNo) {
        post(
                "/v3/global/transactions/out-trade-no/" + outTradeNo + "/close",
                Map.of("sp_mchid", MCHID, "sub_mchid", SHOP));
    }

    /** Verifies and decrypts what arrived at the notification URL. */
    public JsonNode read(RecordedRequest request) {
        var headers = request.getHeaders();
        var parameters =
                new RequestParam.Builder()
                        .serialNumber(headers.get("Wechatpay-Serial"))
                        .nonce(headers.get("Wechatpay-Nonce"))
                        .timestamp(headers.get("Wechatpay-Timestamp"))
                        .signature(headers.get("Wechatpay-Signature"))
                        .signType(headers.get("Wechatpay-Signature-Type"))
                        .body(request.getBody().utf8())
                        .build();
        return JSON.readTree(parser.parse(parameters, JsonObject.class).toString());
    }

    /** The Authorization header for a request signed by hand. */
    public String authorization(URI uri, String method, String body) {
        return credential.getAuthorization(uri, method, body);
    }

    private static JsonNode json(HttpResponse<Object> response) {
        return response.getBody() instanceof JsonResponseBody body
                ? JSON.readTree(body.getBody())
                : JSON.missingNode();
    }

    private static HttpHeaders headers() {
        var headers = new HttpHeaders();
        headers.addHeader("Accept", "application/json");
        headers.addHeader("Content-Type", "application/json");
        return headers;
    }

    /**
     * The first certificate cannot be verified with a certificate; its encryption vouches for it.
     */
    private static final class AcceptEverything implements Validator {

        @Override
        public <T> boolean validate(HttpHeaders responseHeaders, String body) {
            return true;
        }

        @Override
        public <T> String getSerialNumber() {
            return "";
        }
    }

    /** Our platform certificate has no authority above it. */
    private static final class SelfSigned implements CertificateHandler {

        @Override
        public X509Certificate generateCertificate(String pem) {
            return PemUtil.loadX509FromString(pem);
        }

        @Override
        public void validateCertPath(X509Certificate certificate) {
            try {
                certificate.checkValidity();
            } catch (CertificateException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
