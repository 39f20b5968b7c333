package io.ferrypay.sandbox.jdpay.order;

import jakarta.servlet.http.HttpServletRequest;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What QR codes say: an address, as at JD, but of this sandbox. */
public final class JdpayCodes {

    private JdpayCodes() {}

    /** Where this sandbox is, as its caller sees it. */
    public static String base(HttpServletRequest request) {
        return ServletUriComponentsBuilder.fromContextPath(request).toUriString();
    }

    public static String url(String base, String code) {
        return base + "/jdpay/code?c=" + code;
    }

    /** The code in such an address, or null. */
    public static @Nullable String code(String url) {
        var address = HttpUrl.parse(url);
        return address == null ? null : address.queryParameter("c");
    }
}
