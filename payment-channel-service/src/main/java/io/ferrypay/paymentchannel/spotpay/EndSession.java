package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.paymentchannel.payment.CancelPayment;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Ends a session at the till's word: its orders are queried and closed first. Where no channel
 * vouches for that, it is unknown and stays so until the clock, or another try, has found out.
 */
@Component
class EndSession {

    private final Sessions sessions;
    private final CancelPayment cancelPayment;
    private final Clock clock;

    EndSession(Sessions sessions, CancelPayment cancelPayment, Clock clock) {
        this.sessions = sessions;
        this.cancelPayment = cancelPayment;
        this.clock = clock;
    }

    /** The session as it then stands; empty when the till has no such session. */
    Optional<Session> end(DeviceCaller device, String id) {
        var session = sessions.find(device, id).orElse(null);
        if (session == null) {
            return Optional.empty();
        }
        switch (cancelPayment.cancel(session.merchantId(), session.mode(), session.paymentId())) {
            case CancelPayment.Result.Canceled _, CancelPayment.Result.TooLate _ -> {
                // Whichever was quicker, the session says it.
            }
            case CancelPayment.Result.ChannelUnsure _, CancelPayment.Result.Canceling _ ->
                    sessions.cancelUnsure(id, clock.instant());
            case CancelPayment.Result.NotFound _ ->
                    throw new IllegalStateException("a session without its payment");
        }
        return sessions.find(device, id);
    }
}
