package io.ferrypay.merchant.onboarding.web;

import io.ferrypay.merchant.document.Document;
import io.ferrypay.merchant.onboarding.FillIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

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
    static ResponseEntity<byte[]> handOut(FillIn.Opened opened) {
        var document = opened.document();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(document.type().mediaType()))
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(document.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .body(opened.content());
    }
}
