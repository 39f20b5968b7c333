package io.ferrypay.merchant.onboarding.web;

import io.ferrypay.merchant.document.Document;
import io.ferrypay.merchant.document.KeepDocuments;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** Documents as they are told and handed out. */
final class DocumentAnswers {

    private DocumentAnswers() {}

    /**
     * @param scan {@code clean}, or {@code none_configured} when no scanner looked at it
     */
    @Schema(name = "OnboardingDocument")
    record DocumentView(
            String id,
            String kind,
            String name,
            String mediaType,
            int size,
            String sha256,
            String scan,
            Instant uploadedAt) {

        static DocumentView of(Document document) {
            return new DocumentView(
                    document.id(),
                    document.kind(),
                    document.name(),
                    document.type().mediaType(),
                    document.size(),
                    document.sha256(),
                    document.scan(),
                    document.uploadedAt());
        }

        @Override
        public String toString() {
            return "DocumentView[" + id + "]";
        }
    }

    /** To be saved, never shown in a page of ours; of the type we found, whatever is in it. */
    static KeepDocuments.Receiver to(HttpServletResponse response) {
        return (document, content) -> {
            response.setContentType(document.type().mediaType());
            response.setContentLength(content.length);
            response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(document.name(), StandardCharsets.UTF_8)
                            .build()
                            .toString());
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
            response.getOutputStream().write(content);
            response.flushBuffer();
        };
    }
}
