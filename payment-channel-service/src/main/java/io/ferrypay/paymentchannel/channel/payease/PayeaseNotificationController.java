package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.payease.ReceivePayeaseNotification.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where Payease tells results, by GET or POST as it likes. It is answered by one bare word; the
 * form is taken as bytes because its charset is not the one it seems to have.
 */
@RestController
class PayeaseNotificationController {

    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(PayeaseNotificationController.class);

    private final ReceivePayeaseNotification notifications;

    PayeaseNotificationController(ReceivePayeaseNotification notifications) {
        this.notifications = notifications;
    }

    @RequestMapping(
            path = "/channels/payease/notifications/{account}",
            method = {RequestMethod.GET, RequestMethod.POST})
    ResponseEntity<String> receive(@PathVariable String account, HttpServletRequest request) {
        Answer answer;
        try {
            var raw = raw(request);
            answer =
                    raw.length > MAX_BODY_BYTES
                            ? notifications.receiveTooLarge(account, raw)
                            : notifications.receive(account, raw);
        } catch (IOException | RuntimeException e) {
            log.error("A Payease notification could not be taken in", e);
            return word(500, "error");
        }
        return switch (answer) {
            case SENT -> word(200, "sent");
            case ERROR -> word(200, "error");
            case NO_SUCH_ACCOUNT -> word(404, "error");
        };
    }

    /** The form, wherever it is; at most one byte more than is allowed. */
    static byte[] raw(HttpServletRequest request) throws IOException {
        if (request.getMethod().equals("POST")) {
            return request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        }
        @Nullable String query = request.getQueryString();
        return query == null ? new byte[0] : query.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ResponseEntity<String> word(int status, String word) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(word);
    }
}
