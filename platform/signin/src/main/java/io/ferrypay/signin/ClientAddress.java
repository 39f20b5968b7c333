package io.ferrypay.signin;

import jakarta.servlet.http.HttpServletRequest;

/** Where a request came from, as the gateway says; it takes off what others claimed. */
public final class ClientAddress {

    private ClientAddress() {}

    public static String of(HttpServletRequest request) {
        var told = request.getHeader("X-Forwarded-For");
        return told == null || told.length() > 64 ? request.getRemoteAddr() : told;
    }
}
