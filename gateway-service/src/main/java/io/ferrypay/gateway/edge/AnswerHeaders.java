package io.ferrypay.gateway.edge;

import io.ferrypay.gateway.door.Door;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What every answer carries, whoever wrote it; a service can't weaken it. */
final class AnswerHeaders {

    static final String VERSION = "Ferry-Version";
    static final String ONLY_VERSION = "2026-11-01";

    private static final String POLICY_OF_DATA = "default-src 'none'; frame-ancestors 'none'";

    /** Of a file that a stranger handed in: what is in it runs nowhere, however it is shown. */
    private static final String POLICY_OF_FILES = "sandbox; " + POLICY_OF_DATA;

    private static final Pattern FILE =
            Pattern.compile(
                    "(/portal/api/onboarding|/console/api/onboarding/applications/[^/]+)/documents/[^/]+/content");

    private static final String OWN_STYLES = "style-src 'self'";

    // No inline script or style, nothing from other hosts; the QR code is drawn as inline SVG.
    private static final String POLICY_OF_PAGES =
            "default-src 'self'; script-src 'self'; "
                    + OWN_STYLES
                    + "; img-src 'self' data:;"
                    + " connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none';"
                    + " frame-ancestors 'none'; form-action ";

    /**
     * WeChat opens an H5 payment only for whoever comes from the domain that is registered with it,
     * so pages say where they are; never the rest of the address, which is the permission to pay.
     */
    private static final String REFERRER_OF_PAGES = "strict-origin";

    private static final String NO_SENSORS = "camera=(), microphone=(), geolocation=()";

    /** A till scans the code that a shopper shows. */
    private static final String WITH_CAMERA = "camera=(self), microphone=(), geolocation=()";

    private final String policyOfPages;

    /**
     * @param formTargets where pages may post a form to; nowhere when empty
     */
    AnswerHeaders(List<String> formTargets) {
        for (var target : formTargets) {
            if (!target.matches("https?://[A-Za-z0-9.:-]+")) {
                throw new IllegalArgumentException("not an origin: " + target);
            }
        }
        this.policyOfPages =
                POLICY_OF_PAGES
                        + (formTargets.isEmpty() ? "'none'" : String.join(" ", formTargets));
    }

    void complete(HttpHeaders headers, Visit visit) {
        headers.set("Request-Id", visit.requestId());
        headers.set(VERSION, ONLY_VERSION);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        if (visit.leadsNowhere() || !isPage(visit.address().door())) {
            headers.set("Content-Security-Policy", policyOfData(visit));
            headers.set("Referrer-Policy", "no-referrer");
        } else {
            headers.set("Content-Security-Policy", policyFor(visit.styleNonce()));
            headers.set("Referrer-Policy", REFERRER_OF_PAGES);
            headers.set(
                    "Permissions-Policy",
                    visit.address().door() == Door.SPOTPAY_PAGE ? WITH_CAMERA : NO_SENSORS);
            if (visit.address().door() != Door.ASSETS) {
                headers.set("X-Robots-Tag", "noindex, nofollow");
            }
        }
        if (visit.origin().secure()) {
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        var allowance = visit.allowance();
        if (allowance != null) {
            headers.set("RateLimit-Limit", Long.toString(allowance.limit()));
            headers.set("RateLimit-Remaining", Long.toString(allowance.remaining()));
            headers.set("RateLimit-Reset", Long.toString(allowance.resetSeconds()));
        }
    }

    private static String policyOfData(Visit visit) {
        return !visit.leadsNowhere() && FILE.matcher(visit.address().path()).matches()
                ? POLICY_OF_FILES
                : POLICY_OF_DATA;
    }

    /** The portal's components write their styles while they run, each with the page's nonce. */
    private String policyFor(@Nullable String styleNonce) {
        return styleNonce == null
                ? policyOfPages
                : policyOfPages.replace(OWN_STYLES, OWN_STYLES + " 'nonce-" + styleNonce + "'");
    }

    /** Most pages are the gateway's own files; the one for a phone is written by its service. */
    private static boolean isPage(Door door) {
        return door.service() == null || door == Door.WECHAT_BIND;
    }
}
