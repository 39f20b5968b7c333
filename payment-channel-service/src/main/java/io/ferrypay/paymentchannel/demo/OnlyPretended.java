package io.ferrypay.paymentchannel.demo;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemCode;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Where there are live accounts, nothing is made up. */
@Component
@ConditionalOnProperty("ferry.demo.past-activity")
class OnlyPretended {

    private static final ProblemCode LIVE_ACCOUNTS =
            ProblemCode.of("live_accounts", 409, "Here is real money: nothing is made up");

    private final Channels channels;

    OnlyPretended(Channels channels) {
        this.channels = channels;
    }

    /** Refuses with 409 {@code live_accounts}. */
    void require() {
        if (channels.accounts().stream().anyMatch(account -> account.mode() == Mode.LIVE)) {
            throw ApiException.of(LIVE_ACCOUNTS);
        }
    }
}
