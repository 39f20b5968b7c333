package io.ferrypay.gateway.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The secret of a console's session as it came in; printing it shows nothing. */
record StaffCookie(String secret) {

    private static final String SESSION = "ferry_console";
    private static final Pattern FORM = Pattern.compile("[0-9a-f-]{36}");

    /** Null when there is not exactly one cookie that could be a session of ours. */
    static @Nullable StaffCookie in(ServerHttpRequest request) {
        var cookies = request.getCookies().get(SESSION);
        var secret = cookies == null || cookies.size() != 1 ? null : cookies.getFirst().getValue();
        return secret == null || !FORM.matcher(secret).matches() ? null : new StaffCookie(secret);
    }

    @Override
    public String toString() {
        return "StaffCookie[…]";
    }
}
