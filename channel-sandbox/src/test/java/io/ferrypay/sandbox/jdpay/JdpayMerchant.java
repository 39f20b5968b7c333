package io.ferrypay.sandbox.jdpay;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** A merchant of JD's who writes its messages by hand. */
final class JdpayMerchant {

    static final String NUMBER = "110148035005";

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private final PrivateKey key;
    private final PublicKey jdKey;
    private final byte[] desKey;
    final String md5Key;

    JdpayMerchant(Path folder) {
        try {
            var rsa = KeyFactory.getInstance("RSA");
            key = rsa.generatePrivate(new PKCS8EncodedKeySpec(der(folder, "merchant-key.pem")));
            jdKey = rsa.generatePublic(new X509EncodedKeySpec(der(folder, "jd-public-key.pem")));
            desKey = der(folder, "des-key.txt");
            md5Key = Files.readString(folder.resolve("md5-key.txt")).strip();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String number() {
        return "T" + UUID.randomUUID().toString().replace("-", "").substring(0, 23);
    }

    /** An order's fields, plain. */
    static Map<String, String> order(String number, String notifyUrl) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("tradeNum", number);
        fields.put("tradeName", "蜂蜜 500g");
        fields.put("tradeTime", "20261124121515");
        fields.put("amount", "55740");
        fields.put("currency", "CNY");
        fields.put("orderType", "0");
        fields.put("note", "HARBOURHONEY");
        fields.put("notifyUrl", notifyUrl);
        fields.put("expireTime", "900");
        return fields;
    }

    Map<String, String> form(Map<String, String> fields) {
        var plain = new TreeMap<>(fields);
        plain.put("version", "V2.0");
        plain.put("merchant", NUMBER);
        var sealed = new TreeMap<String, String>();
        plain.forEach((name, value) ->
                sealed.put(
                        name,
                        name.equals("version") || name.equals("merchant")
                                ? value
                                : encrypt(value)));
        sealed.put("sign", sign(joined(plain)));
        return sealed;
    }

    String request(Map<String, String> fields) {
        return envelope(
                fields.entrySet().stream()
                        .map(f -> "<" + f.getKey() + ">" + f.getValue() + "</" + f.getKey() + ">")
                        .collect(Collectors.joining()));
    }

    String envelope(String content) {
        var text =
                HEAD
                        + "<jdpay><version>V2.0</version><merchant>"
                        + NUMBER
                        + "</merchant>"
                        + content
                        + "</jdpay>";
        return sealed(text.replace("</jdpay>", "<sign>" + sign(text) + "</sign></jdpay>"));
    }

    String sealed(String text) {
        return HEAD
                + "<jdpay><version>V2.0</version><merchant>"
                + NUMBER
                + "</merchant><encrypt>"
                + Base64.getEncoder()
                        .encodeToString(encrypt(text).getBytes(StandardCharsets.US_ASCII))
                + "</encrypt></jdpay>";
    }

    /** The plaintext of what JD said, its signature checked over the raw text. */
    String open(String envelope) {
        if (!envelope.contains("<encrypt>")) {
            return envelope;
        }
        var text = unseal(envelope);
        var sign = text.replaceAll("(?s).*<sign>|</sign>.*", "");
        if (!text.contains("<sign>") || !isJds(text.replaceAll("<sign>.*</sign>", ""), sign)) {
            throw new AssertionError("not signed by JD: " + text);
        }
        return text;
    }

    String unseal(String envelope) {
        var base64 = envelope.replaceAll("(?s).*<encrypt>|</encrypt>.*", "");
        return decrypt(new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII));
    }

    Map<String, String> openForm(Map<String, String> form) {
        var plain = new TreeMap<String, String>();
        form.forEach((name, value) -> {
            if (!name.equals("sign") && !value.isEmpty()) {
                plain.put(name, decrypt(value));
            }
        });
        if (!isJds(joined(plain), form.getOrDefault("sign", ""))) {
            throw new AssertionError("not signed by JD: " + plain);
        }
        return plain;
    }

    private static String joined(Map<String, String> sorted) {
        return sorted.entrySet().stream()
                .filter(field -> !field.getValue().isBlank())
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&"));
    }

    String encrypt(String text) {
        try {
            var block = new ByteArrayOutputStream();
            var data = new DataOutputStream(block);
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            data.writeInt(bytes.length);
            data.write(bytes);
            while (block.size() % 8 != 0) {
                data.write(0);
            }
            return HexFormat.of().formatHex(des(Cipher.ENCRYPT_MODE, block.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String decrypt(String hex) {
        var block = ByteBuffer.wrap(des(Cipher.DECRYPT_MODE, HexFormat.of().parseHex(hex)));
        var bytes = new byte[block.getInt()];
        block.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("InsecureCryptoUsage")
    private byte[] des(int mode, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("DESede/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(desKey, "DESede"));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sign(String text) {
        try {
            var signature = Signature.getInstance("NONEwithRSA");
            signature.initSign(key);
            signature.update(digest(text));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isJds(String text, String sign) {
        try {
            var signature = Signature.getInstance("NONEwithRSA");
            signature.initVerify(jdKey);
            signature.update(digest(text));
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] digest(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(Path folder, String file) throws IOException {
        return Base64.getMimeDecoder()
                .decode(Files.readString(folder.resolve(file)).replaceAll("-----[A-Z ]+-----", ""));
    }
}
