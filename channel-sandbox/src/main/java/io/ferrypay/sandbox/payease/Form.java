package io.ferrypay.sandbox.payease;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A form's fields, in whatever charset its page has. */
record Form(Map<String, String> fields) {

    static final Charset GBK = Charset.forName("GBK");

    static Charset charset(boolean gbk) {
        return gbk ? GBK : StandardCharsets.UTF_8;
    }

    static Form read(byte[] body, Charset charset) {
        var fields = new HashMap<String, String>();
        for (var field : new String(body, StandardCharsets.ISO_8859_1).split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        decode(field.substring(0, equals), charset),
                        decode(field.substring(equals + 1), charset));
            }
        }
        return new Form(fields);
    }

    static String write(Map<String, String> fields, Charset charset) {
        return fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), charset)
                                + "="
                                + URLEncoder.encode(field.getValue(), charset))
                .collect(Collectors.joining("&"));
    }

    /** Empty when it is missing. */
    String get(String name) {
        return fields.getOrDefault(name, "");
    }

    @Nullable String orNull(String name) {
        var value = get(name);
        return value.isEmpty() ? null : value;
    }

    /** In the order given, for writing. */
    static Map<String, String> of(String... namesAndValues) {
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private static String decode(String text, Charset charset) {
        try {
            return URLDecoder.decode(text, charset);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
