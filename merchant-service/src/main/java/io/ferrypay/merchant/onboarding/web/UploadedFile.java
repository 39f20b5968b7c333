package io.ferrypay.merchant.onboarding.web;

import io.ferrypay.merchant.document.DocumentLimits;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads a request whose body is a file. */
final class UploadedFile {

    private UploadedFile() {}

    /**
     * The whole body. Refuses with 413 {@code payload_too_large} and 400 {@code invalid_request}
     * for one that broke off.
     */
    static byte[] read(HttpServletRequest request) {
        var announced = request.getContentLengthLong();
        if (announced > DocumentLimits.MOST_BYTES) {
            throw tooLarge();
        }
        var most = announced < 0 ? DocumentLimits.MOST_BYTES + 1 : (int) announced;
        try {
            var content = request.getInputStream().readNBytes(most);
            if (content.length > DocumentLimits.MOST_BYTES) {
                throw tooLarge();
            }
            if (announced >= 0 && content.length < announced) {
                throw brokeOff();
            }
            return content;
        } catch (IOException _) {
            throw brokeOff();
        }
    }

    private static ApiException tooLarge() {
        return ApiException.of(
                CommonProblems.PAYLOAD_TOO_LARGE,
                "A file may have " + DocumentLimits.MOST_BYTES + " bytes.");
    }

    private static ApiException brokeOff() {
        return ApiException.of(
                CommonProblems.INVALID_REQUEST, "The body broke off before its end.");
    }
}
