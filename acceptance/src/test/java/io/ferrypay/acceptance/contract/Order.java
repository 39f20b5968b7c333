package io.ferrypay.acceptance.contract;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One order at a company, for one payment.
 *
 * @param number ours
 * @param choice how the shopper wanted to pay
 * @param attempt what the shopper's page shows
 */
record Order(
        String paymentId,
        String nonce,
        String number,
        Map<String, Object> choice,
        JsonNode attempt) {

    String qr() {
        return attempt.path("qr").path("content").asString();
    }
}
