package io.ferrypay.paymentchannel.channel;

import io.ferrypay.identity.Mode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Every channel this service was built with, found by account and by what it can do. */
@Component
public class Channels {

    private final List<PaymentChannel> channels;
    private final Map<String, PaymentChannel> byAccount = new HashMap<>();

    Channels(List<PaymentChannel> channels) {
        this.channels = List.copyOf(channels);
        for (var channel : channels) {
            for (var account : channel.accounts()) {
                if (byAccount.putIfAbsent(account.id(), channel) != null) {
                    throw new IllegalStateException(
                            "two channel accounts are called " + account.id());
                }
            }
        }
    }

    /** The account that takes new orders of this channel and mode. */
    public Optional<ChannelAccount> accountFor(ChannelCode code, Mode mode) {
        return channels.stream()
                .filter(channel -> channel.code() == code)
                .flatMap(channel -> channel.accounts().stream())
                .filter(account -> account.mode() == mode)
                .findFirst();
    }

    /**
     * The ability of the channel behind an account, if the account exists and the channel has it.
     */
    public <A> Optional<A> ability(String accountId, Class<A> ability) {
        return Optional.ofNullable(byAccount.get(accountId))
                .filter(ability::isInstance)
                .map(ability::cast);
    }
}
