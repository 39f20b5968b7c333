package io.ferrypay.sandbox.wechat.wire;

import io.ferrypay.sandbox.wechat.WechatKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** How the older interfaces sign: all parameters with a value, sorted, and the key at the end. */
@Component
public class V2Signature {

    private static final String HMAC = "HMAC-SHA256";

    private final WechatKeys keys;

    V2Signature(WechatKeys keys) {
        this.keys = keys;
    }

    /**
     * @param signType {@code MD5} or {@code HMAC-SHA256}
     */
    public String of(Map<String, String> parameters, String signType) {
        var message = new StringBuilder();
        new TreeMap<>(parameters)
                .forEach((name, value) -> {
                    if (!name.equals("sign") && !value.isEmpty()) {
                        message.append(name).append('=').append(value).append('&');
                    }
                });
        message.append("key=").append(keys.v2Key());
        var bytes = message.toString().getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().withUpperCase().formatHex(digest(bytes, signType));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the parameters carry their signature, of the kind they name; MD5 if they do not. */
    public boolean fits(Map<String, String> parameters) {
        var type = parameters.getOrDefault("sign_type", "MD5");
        return (type.equals("MD5") || type.equals(HMAC))
                && of(parameters, type).equals(parameters.get("sign"));
    }

    private byte[] digest(byte[] bytes, String signType) throws GeneralSecurityException {
        if (!signType.equals(HMAC)) {
            return MessageDigest.getInstance("MD5").digest(bytes);
        }
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys.v2Key().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(bytes);
    }
}
