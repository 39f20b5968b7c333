package io.ferrypay.paymentchannel.channel.alipay;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Forms and query strings in a charset of Alipay's, read strictly: one meaning or none. */
final class AlipayForm {

    private static final int MOST_FIELDS = 100;

    private AlipayForm() {}

    /** It has no meaning, or more than one. */
    static final class Unreadable extends Exception {

        Unreadable(String why) {
            super(why);
        }
    }

    static String encode(Map<String, String> fields, Charset charset) {
        return fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), charset)
                                + "="
                                + URLEncoder.encode(field.getValue(), charset))
                .collect(Collectors.joining("&"));
    }

    static Map<String, String> decode(String text, Charset charset) throws Unreadable {
        var fields = new LinkedHashMap<String, String>();
        for (var pair : text.strip().split("&", MOST_FIELDS + 1)) {
            if (fields.size() == MOST_FIELDS) {
                throw new Unreadable("too many fields");
            }
            var equals = pair.indexOf('=');
            if (equals < 1) {
                throw new Unreadable("a field without name or value");
            }
            var name = decodePart(pair.substring(0, equals), charset);
            if (fields.put(name, decodePart(pair.substring(equals + 1), charset)) != null) {
                throw new Unreadable("a field twice");
            }
        }
        return fields;
    }

    static Map<String, String> decode(byte[] bytes, Charset charset) throws Unreadable {
        for (var b : bytes) {
            if (b < 0x20 && b != '\r' && b != '\n') {
                throw new Unreadable("not a form");
            }
        }
        return decode(new String(bytes, StandardCharsets.US_ASCII), charset);
    }

    private static String decodePart(String text, Charset charset) throws Unreadable {
        var bytes = new ByteArrayOutputStream(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '%') {
                bytes.write(octet(text, i));
                i += 2;
            } else if (c > 0x7e) {
                throw new Unreadable("not a form");
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable("not in " + charset.name());
        }
    }

    private static int octet(String text, int at) throws Unreadable {
        var high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        var low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new Unreadable("a broken escape");
        }
        return high * 16 + low;
    }
}
