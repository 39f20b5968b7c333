package io.ferrypay.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The secret of a portal session as it came in, and the world it asks for; printing it shows
 * nothing.
 *
 * @param mode {@code test} or {@code live}, from {@code Ferry-Mode}; test when it does not say
 * @param merchant whom the page shows, from {@code Ferry-Merchant}: another tab may have changed
 *     the session to another one; null when it does not say
 */
record PortalCookie(String secret, String mode, @Nullable String merchant) {

    private static final String SESSION = "ferry_portal";
    private static final String CSRF = "XSRF-TOKEN";
    private static final Pattern FORM = Pattern.compile("[0-9a-f-]{36}");

    /** Null when there is not exactly one cookie that could be a session of ours. */
    static @Nullable PortalCookie in(ServerHttpRequest request) {
        var secret = only(request, SESSION);
        if (secret == null || !FORM.matcher(secret).matches()) {
            return null;
        }
        var live = "live".equals(request.getHeaders().getFirst("Ferry-Mode"));
        return new PortalCookie(
                secret, live ? "live" : "test", request.getHeaders().getFirst("Ferry-Merchant"));
    }

    boolean isFor(String merchantId) {
        return merchant == null || merchant.equals(merchantId);
    }

    /**
     * Whether a script of our own pages sent it: no other site can read the cookie, so none can
     * repeat it in a header, nor set a header at all without our leave.
     */
    static boolean isRepeatedByScript(ServerHttpRequest request) {
        var cookie = only(request, CSRF);
        var headers = request.getHeaders().get("X-" + CSRF.toUpperCase(Locale.ROOT));
        return cookie != null
                && cookie.length() >= 16
                && headers != null
                && headers.size() == 1
                && MessageDigest.isEqual(
                        cookie.getBytes(StandardCharsets.UTF_8),
                        headers.getFirst().getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String only(ServerHttpRequest request, String name) {
        var cookies = request.getCookies().get(name);
        return cookies == null || cookies.size() != 1 ? null : cookies.getFirst().getValue();
    }

    @Override
    public String toString() {
        return "PortalCookie[…]";
    }
}
