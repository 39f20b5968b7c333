package io.ferrypay.sandbox.wechat.wallet;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** How the wallet's pages go out: never stored, and with nothing on them that is not ours. */
final class WalletHtml {

    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private WalletHtml() {}

    static ResponseEntity<String> answer(HttpStatus status, String body) {
        return headers(ResponseEntity.status(status)).body(body);
    }

    static ResponseEntity.BodyBuilder headers(ResponseEntity.BodyBuilder response) {
        return response.contentType(HTML)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:;"
                                + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }
}
