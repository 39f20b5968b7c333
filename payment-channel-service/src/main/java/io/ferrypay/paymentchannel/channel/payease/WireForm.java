package io.ferrypay.paymentchannel.channel.payease;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A form or a query string, read from its bytes: the container would decode it in a charset that
 * Payease does not keep to, and would forgive what may not be forgiven.
 */
final class WireForm {

    private static final int MOST_FIELDS = 64;
    private static final Charset GBK = Charset.forName("GBK");

    private final Map<String, String> fields;

    private WireForm(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * Null when it cannot be read as a form in that charset nor in the other one, has a field
     * twice, or far too many.
     */
    static @Nullable WireForm read(byte[] raw, Charset expected) {
        var form = readAs(raw, expected);
        return form != null
                ? form
                : readAs(raw, expected.equals(GBK) ? StandardCharsets.UTF_8 : GBK);
    }

    /** The field; null when it is missing or empty. */
    @Nullable String get(String name) {
        var value = fields.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static @Nullable WireForm readAs(byte[] raw, Charset charset) {
        var fields = new HashMap<String, String>();
        int start = 0;
        for (int i = 0; i <= raw.length; i++) {
            if (i < raw.length && raw[i] != '&') {
                continue;
            }
            if (i > start && !add(fields, Arrays.copyOfRange(raw, start, i), charset)) {
                return null;
            }
            start = i + 1;
        }
        return new WireForm(fields);
    }

    private static boolean add(Map<String, String> fields, byte[] field, Charset charset) {
        int equals = 0;
        while (equals < field.length && field[equals] != '=') {
            equals++;
        }
        var name = decode(Arrays.copyOfRange(field, 0, equals), charset);
        var value =
                equals == field.length
                        ? ""
                        : decode(Arrays.copyOfRange(field, equals + 1, field.length), charset);
        return name != null
                && value != null
                && fields.size() < MOST_FIELDS
                && fields.putIfAbsent(name, value) == null;
    }

    private static @Nullable String decode(byte[] encoded, Charset charset) {
        var bytes = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '+') {
                bytes.write(' ');
            } else if (encoded[i] == '%') {
                int octet = octet(encoded, i);
                if (octet < 0) {
                    return null;
                }
                bytes.write(octet);
                i += 2;
            } else {
                bytes.write(encoded[i]);
            }
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static int octet(byte[] encoded, int percent) {
        if (percent + 2 >= encoded.length) {
            return -1;
        }
        int high = Character.digit(encoded[percent + 1], 16);
        int low = Character.digit(encoded[percent + 2], 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
