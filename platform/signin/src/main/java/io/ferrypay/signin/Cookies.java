package io.ferrypay.signin;

import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** The two cookies of a page whose people are signed in. */
public final class Cookies {

    private Cookies() {}

    /** Browsers treat localhost as safe, so the cookies work there without TLS, too. */
    public static CookieSerializer session(String name, String path) {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName(name);
        cookie.setCookiePath(path);
        cookie.setUseHttpOnlyCookie(true);
        cookie.setUseSecureCookie(true);
        cookie.setSameSite("Strict");
        cookie.setUseBase64Encoding(false);
        return cookie;
    }

    /** The page's script reads this cookie and repeats it in a header, which no other site can. */
    public static CookieCsrfTokenRepository csrf(String path) {
        var cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieCustomizer(builder -> builder.path(path).secure(true).sameSite("Strict"));
        return cookie;
    }
}
