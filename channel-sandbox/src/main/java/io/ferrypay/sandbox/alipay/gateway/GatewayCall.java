package io.ferrypay.sandbox.alipay.gateway;

import io.ferrypay.sandbox.alipay.AlipayKeys;
import io.ferrypay.sandbox.alipay.AlipaySandboxProperties;
import io.ferrypay.sandbox.alipay.fault.GatewayOperation;
import io.ferrypay.sandbox.alipay.order.AlipayRates;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request to the gateway, checked in Alipay's order before anything is done. */
final class GatewayCall {

    private static final Set<String> CHARSETS = Set.of("UTF-8", "GBK", "GB2312");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Duration VALID_FOR = Duration.ofMinutes(30);

    private final Map<String, String> parameters;
    private final Charset charset;

    private GatewayCall(Map<String, String> parameters, Charset charset) {
        this.parameters = parameters;
        this.charset = charset;
    }

    /**
     * @param query as it stands in the address; {@code _input_charset} is read from here first
     * @param body of a form, or empty
     */
    static GatewayCall read(@Nullable String query, byte[] body) {
        var ascii = parse(query == null ? "" : query, StandardCharsets.US_ASCII);
        var form = new String(body, StandardCharsets.US_ASCII);
        var name =
                ascii.getOrDefault(
                        "_input_charset",
                        parse(form, StandardCharsets.US_ASCII)
                                .getOrDefault("_input_charset", "UTF-8"));
        var known = CHARSETS.contains(name);
        var charset = known ? Charset.forName(name) : StandardCharsets.UTF_8;
        var parameters = parse(query == null ? "" : query, charset);
        parse(form, charset)
                .forEach((key, value) -> {
                    if (parameters.put(key, value) != null) {
                        throw new GatewayError("ILLEGAL_ARGUMENT");
                    }
                });
        if (!known) {
            throw new GatewayError("ILLEGAL_CHARSET");
        }
        return new GatewayCall(parameters, charset);
    }

    private static Map<String, String> parse(String text, Charset charset) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : text.strip().split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    var key = URLDecoder.decode(pair.substring(0, equals), charset);
                    var value = URLDecoder.decode(pair.substring(equals + 1), charset);
                    if (parameters.put(key, value) != null) {
                        throw new GatewayError("ILLEGAL_ARGUMENT");
                    }
                } catch (IllegalArgumentException e) {
                    throw new GatewayError("ILLEGAL_ARGUMENT");
                }
            }
        }
        return parameters;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    Charset charset() {
        return charset;
    }

    String charsetName() {
        return text("_input_charset").isEmpty() ? "UTF-8" : text("_input_charset");
    }

    String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    String signType() {
        return text("sign_type");
    }

    GatewayOperation operation() {
        var operation = GatewayOperation.ofService(text("service"));
        if (operation == null) {
            throw new GatewayError("ILLEGAL_SERVICE");
        }
        return operation;
    }

    void requirePartner(AlipaySandboxProperties properties) {
        if (!text("partner").equals(properties.partner())) {
            throw new GatewayError("ILLEGAL_PARTNER");
        }
    }

    void requireProof(AlipayKeys keys) {
        if (!AlipayKeys.SIGN_TYPES.contains(signType())) {
            throw new GatewayError("ILLEGAL_SIGN_TYPE");
        }
        if (!keys.verify(parameters, text("sign"), signType(), charset)) {
            throw new GatewayError("ILLEGAL_SIGN", AlipayKeys.content(parameters));
        }
    }

    /** Where there is one it has to be right. */
    void requireFreshTimestamp(Instant now) {
        var text = text("timestamp");
        if (text.isEmpty()) {
            return;
        }
        try {
            var sentAt = LocalDateTime.parse(text, TIMESTAMP).toInstant(ZoneOffset.ofHours(8));
            if (Duration.between(sentAt, now).abs().compareTo(VALID_FOR) > 0) {
                throw new GatewayError("ILLEGAL_ARGUMENT");
            }
        } catch (DateTimeException e) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
    }

    String required(String name, int longest) {
        var text = text(name);
        if (text.isEmpty() || text.length() > longest) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
        return text;
    }

    void requireValue(String name, String value) {
        if (!text(name).equals(value)) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
    }

    String currency(String name, AlipayRates rates) {
        var currency = required(name, 3);
        if (!rates.knows(currency)) {
            throw new GatewayError("ILLEGAL_CURRENCY");
        }
        return currency;
    }

    BigDecimal amount(String name, String currency) {
        var text = required(name, 12);
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,2})?")) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
        var amount = new BigDecimal(text);
        var decimals = AlipayRates.decimals(currency);
        if (amount.signum() <= 0 || amount.stripTrailingZeros().scale() > decimals) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
        return amount.setScale(decimals);
    }

    /** This machine, or a name without a dot, which only a private network knows. */
    private static boolean isNear(String host) {
        return THIS_MACHINE.contains(host) || host.matches("[a-z][a-z0-9-]*");
    }

    /** https, or plain http nearby if allowed; empty when there is none. */
    String url(String name, int longest, boolean allowLocal) {
        var text = text(name);
        if (text.isEmpty()) {
            return "";
        }
        try {
            var url = new URI(text);
            var local =
                    allowLocal
                            && "http".equals(url.getScheme())
                            && url.getHost() != null
                            && isNear(url.getHost());
            if (text.length() > longest
                    || url.getHost() == null
                    || !(local || "https".equals(url.getScheme()))) {
                throw new GatewayError("ILLEGAL_ARGUMENT");
            }
            return text;
        } catch (URISyntaxException e) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
    }
}
