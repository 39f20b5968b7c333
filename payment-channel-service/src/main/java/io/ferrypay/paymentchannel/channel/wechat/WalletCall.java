package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.cipher.Signer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What our page hands to {@code WeixinJSBridge}: the order to pay, signed by the institution so
 * that no page can have another one paid.
 */
final class WalletCall {

    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int NONCE_CHARACTERS = 32;

    private final String appId;
    private final Signer signer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    WalletCall(String appId, Signer signer, Clock clock) {
        this.appId = appId;
        this.signer = signer;
        this.clock = clock;
    }

    Map<String, String> of(String prepayId) {
        return of(prepayId, Long.toString(clock.instant().getEpochSecond()), nonce());
    }

    Map<String, String> of(String prepayId, String timeStamp, String nonce) {
        var order = "prepay_id=" + prepayId;
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("appId", appId);
        parameters.put("timeStamp", timeStamp);
        parameters.put("nonceStr", nonce);
        parameters.put("package", order);
        parameters.put("signType", "RSA");
        parameters.put(
                "paySign",
                signer.sign(appId + "\n" + timeStamp + "\n" + nonce + "\n" + order + "\n")
                        .getSign());
        return parameters;
    }

    private String nonce() {
        var nonce = new StringBuilder(NONCE_CHARACTERS);
        for (int i = 0; i < NONCE_CHARACTERS; i++) {
            nonce.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return nonce.toString();
    }
}
