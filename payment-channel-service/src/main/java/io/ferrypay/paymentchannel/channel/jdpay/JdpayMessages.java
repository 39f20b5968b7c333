package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.xml.Xml;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * How one account's messages are signed, sealed and opened: forms that browsers carry, and XML
 * between servers. What is signed is always the plaintext.
 */
final class JdpayMessages {

    static final String VERSION = "V2.0";
    static final String SUCCESS = "000000";

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String END = "</jdpay>";

    /** Nothing but Base64 may stand in the one part of a message that its signature leaves out. */
    private static final Pattern SIGN = Pattern.compile("<sign>([A-Za-z0-9+/=\\s]*)</sign>");

    /** Never encrypted in a form. */
    private static final Set<String> OPEN_FIELDS = Set.of("version", "merchant", "sign");

    private final String merchant;
    private final FieldCipher cipher;
    private final DigestSignature signature;

    JdpayMessages(String merchant, FieldCipher cipher, DigestSignature signature) {
        this.merchant = merchant;
        this.cipher = cipher;
        this.signature = signature;
    }

    /** What opening a message came to. */
    sealed interface Opened {

        /**
         * JD wrote exactly this, to this merchant.
         *
         * @param signedText all that the signature covers
         */
        record Genuine(Element root, String signedText) implements Opened {}

        /**
         * A failure in JD's own words.
         *
         * @param signed usually not, for a failure has no encrypted part
         */
        record Failure(String code, boolean signed) implements Opened {}

        /** Not to be believed. */
        record Doubtful(Doubt why) implements Opened {}
    }

    /** Why a message is not believed. */
    enum Doubt {
        UNREADABLE,
        WRONG_MERCHANT,
        UNDECRYPTABLE,
        BAD_SIGNATURE
    }

    /**
     * A form as the browser is to post it.
     *
     * @param fields all but {@code version}, {@code merchant} and {@code sign}; blank ones are left
     *     out, because they would not be signed
     */
    Map<String, String> form(Map<String, String> fields) {
        var plain = new LinkedHashMap<String, String>();
        plain.put("version", VERSION);
        plain.put("merchant", merchant);
        fields.forEach((name, value) -> {
            if (!value.isBlank()) {
                plain.put(name, value);
            }
        });
        var sealed = new LinkedHashMap<String, String>();
        plain.forEach((name, value) ->
                sealed.put(name, OPEN_FIELDS.contains(name) ? value : cipher.encrypt(value)));
        sealed.put("sign", signature.sign(formText(plain)));
        return sealed;
    }

    /** The plaintext of a form that JD signed, or null. */
    @Nullable Map<String, String> openForm(Map<String, String> posted) {
        var sign = posted.get("sign");
        if (sign == null) {
            return null;
        }
        var plain = new LinkedHashMap<String, String>();
        for (var field : posted.entrySet()) {
            if (field.getKey().equals("sign") || field.getValue().isBlank()) {
                continue;
            }
            var value =
                    OPEN_FIELDS.contains(field.getKey())
                            ? field.getValue()
                            : cipher.decrypt(field.getValue());
            if (value == null) {
                return null;
            }
            plain.put(field.getKey(), value);
        }
        // Whoever forgets to encode a form's "+" makes a blank of it.
        return signature.isGenuine(formText(plain), sign.replace(' ', '+')) ? plain : null;
    }

    /** What the signature of a form covers: what is not blank, sorted, as it is. */
    static String formText(Map<String, String> plain) {
        return new TreeMap<>(plain)
                .entrySet().stream()
                        .filter(field -> !field.getKey().equals("sign"))
                        .filter(field -> !field.getValue().isBlank())
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("&"));
    }

    /**
     * A request as it is posted to JD's servers.
     *
     * @param fields in the order in which they are written and signed
     */
    String request(Map<String, String> fields) {
        var text = new StringBuilder(HEAD).append("<jdpay>");
        element(text, "version", VERSION);
        element(text, "merchant", merchant);
        fields.forEach((name, value) -> element(text, name, value));
        var sign = signature.sign(text + END);
        element(text, "sign", sign);
        var sealed = cipher.encrypt(text.append(END).toString());
        var envelope = new StringBuilder(HEAD).append("<jdpay>");
        element(envelope, "version", VERSION);
        element(envelope, "merchant", merchant);
        element(
                envelope,
                "encrypt",
                // Twice coded: Base64 of the hex.
                Base64.getEncoder().encodeToString(sealed.getBytes(StandardCharsets.US_ASCII)));
        return envelope.append(END).toString();
    }

    /** Opens an answer or a notification. Nothing in it counts before its signature does. */
    Opened open(String envelope) {
        var outer = parse(envelope);
        var code = outer == null ? null : resultCode(outer);
        if (outer == null || code == null) {
            return new Opened.Doubtful(Doubt.UNREADABLE);
        }
        if (!code.equals(SUCCESS)) {
            return new Opened.Failure(printable(code), false);
        }
        if (!merchant.equals(Xml.text(outer, "merchant"))) {
            return new Opened.Doubtful(Doubt.WRONG_MERCHANT);
        }
        var text = decrypt(Xml.text(outer, "encrypt"));
        if (text == null) {
            return new Opened.Doubtful(Doubt.UNDECRYPTABLE);
        }
        return openText(text);
    }

    private Opened openText(String text) {
        var sign = SIGN.matcher(text);
        if (!sign.find()) {
            return new Opened.Doubtful(Doubt.BAD_SIGNATURE);
        }
        var signedText = text.substring(0, sign.start()) + text.substring(sign.end());
        if (signedText.contains("<sign") || !signature.isGenuine(signedText, sign.group(1))) {
            return new Opened.Doubtful(Doubt.BAD_SIGNATURE);
        }
        var inner = parse(signedText);
        if (inner == null) {
            return new Opened.Doubtful(Doubt.UNREADABLE);
        }
        var named = Xml.text(inner, "merchant");
        if (named != null && !named.equals(merchant)) {
            return new Opened.Doubtful(Doubt.WRONG_MERCHANT);
        }
        if (Xml.children(inner, "result").isEmpty()) {
            return new Opened.Genuine(inner, signedText); // Its facts speak for themselves.
        }
        var code = resultCode(inner);
        if (code == null) {
            return new Opened.Doubtful(Doubt.UNREADABLE);
        }
        return code.equals(SUCCESS)
                ? new Opened.Genuine(inner, signedText)
                : new Opened.Failure(printable(code), true);
    }

    private @Nullable String decrypt(@Nullable String base64) {
        if (base64 == null) {
            return null;
        }
        try {
            var hex = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            return cipher.decrypt(new String(hex, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return null; // Not Base64.
        }
    }

    private static @Nullable Element parse(String text) {
        return Xml.parse(text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    private static @Nullable String resultCode(Element message) {
        return Xml.child(message, "result").map(result -> Xml.text(result, "code")).orElse(null);
    }

    private static void element(StringBuilder text, String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // JD signs what is written, so nothing may need an escape.
            if ("<>&\"'".indexOf(c) >= 0 || Character.isISOControl(c)) {
                throw new IllegalArgumentException(
                        name + " holds a character XML has its own use for");
            }
        }
        text.append('<').append(name).append('>').append(value);
        text.append("</").append(name).append('>');
    }

    private static String printable(String code) {
        var clean = code.replaceAll("[^A-Za-z0-9_.-]", "?");
        return clean.length() <= 40 ? clean : clean.substring(0, 40);
    }
}
