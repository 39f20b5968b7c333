package io.ferrypay.paymentchannel.channel.wechat;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A notification as WeChat posts it: valid unless a test spoils it. */
final class SignedNotification {

    static final String ID = "EV-2026112400000000001";
    private static final String NONCE = "EAdfgGh45ftgHa2";

    String id = ID;
    String eventType = "TRANSACTION.SUCCESS";
    String transaction = SampleOrders.paid();
    String associatedData = "transaction";
    String apiV3Key = PretendWechat.API_V3_KEY;
    String resource;
    String envelope;
    Instant signedAt = Instant.now();
    String serial = PretendWechat.PLATFORM.serial();
    PrivateKey key = PretendWechat.PLATFORM.privateKey();
    String signature;

    byte[] body() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    private String text() {
        if (envelope == null) {
            var sealed =
                    resource != null
                            ? resource
                            : PretendWechat.encrypted(transaction, associatedData, apiV3Key);
            envelope =
                    """
                    {"id":"%s","create_time":"2026-11-24T12:20:06+08:00","resource_type":"encrypt-resource",
                     "event_type":"%s","summary":"支付成功","resource":%s}\
                    """
                            .formatted(id, eventType, sealed);
        }
        return envelope;
    }

    Map<String, String> headers() {
        var timestamp = signedAt.getEpochSecond();
        var headers = new HashMap<String, String>();
        headers.put("Wechatpay-Timestamp", Long.toString(timestamp));
        headers.put("Wechatpay-Nonce", NONCE);
        headers.put("Wechatpay-Serial", serial);
        headers.put("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
        headers.put(
                "Wechatpay-Signature",
                signature != null ? signature : PretendWechat.sign(key, timestamp, NONCE, body()));
        return headers;
    }
}
