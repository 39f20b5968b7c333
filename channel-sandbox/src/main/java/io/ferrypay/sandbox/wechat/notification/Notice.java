package io.ferrypay.sandbox.wechat.notification;

import io.ferrypay.sandbox.wechat.fault.NotificationFaults.Flaw;
import io.ferrypay.sandbox.wechat.wire.SignatureHeaders;
import java.util.List;

/**
 * One copy of a notification, sealed and signed, ready to go.
 *
 * @param headers the signature, already flawed where that was asked for
 */
record Notice(String id, String body, SignatureHeaders headers, List<Flaw> flaws) {

    boolean has(Flaw flaw) {
        return flaws.contains(flaw);
    }
}
