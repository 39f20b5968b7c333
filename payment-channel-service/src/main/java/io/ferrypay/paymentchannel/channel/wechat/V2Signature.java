package io.ferrypay.paymentchannel.channel.wechat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the older interfaces sign: over all parameters but {@code sign} that have a value, sorted,
 * with the API key appended.
 */
final class V2Signature {

    /** WeChat uses MD5 unless a request says otherwise. */
    enum Kind {
        MD5,
        HMAC_SHA256
    }

    private final String key;
    private final Kind kind;

    V2Signature(String key, Kind kind) {
        this.key = key;
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String of(Map<String, String> parameters) {
        var message =
                new TreeMap<>(parameters)
                        .entrySet().stream()
                                .filter(entry ->
                                        !entry.getKey().equals("sign")
                                                && !entry.getValue().isEmpty())
                                .map(entry -> entry.getKey() + "=" + entry.getValue() + "&")
                                .collect(Collectors.joining("", "", "key=" + key))
                                .getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(
                            switch (kind) {
                                case MD5 -> MessageDigest.getInstance("MD5").digest(message);
                                case HMAC_SHA256 -> mac().doFinal(message);
                            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the parameters carry the signature that belongs to them. */
    boolean fits(Map<String, String> parameters) {
        return MessageDigest.isEqual(
                of(parameters).getBytes(StandardCharsets.US_ASCII),
                parameters.getOrDefault("sign", "").getBytes(StandardCharsets.UTF_8));
    }

    private Mac mac() throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac;
    }

    @Override
    public String toString() {
        return "V2Signature[" + kind + "]";
    }
}
