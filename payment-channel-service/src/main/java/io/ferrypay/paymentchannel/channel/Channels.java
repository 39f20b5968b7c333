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

    /** The account that takes new orders of this method and mode: the last one configured. */
    public Optional<ChannelAccount> accountFor(PaymentMethod method, Mode mode) {
        return channels.stream()
                .filter(channel -> channel.code().method() == method)
                .flatMap(channel -> channel.accounts().stream())
                .filter(account -> account.mode() == mode)
                .reduce((_, later) -> later);
    }

    /** Every account there is, of every channel. */
    public List<ChannelAccount> accounts() {
        return channels.stream().flatMap(channel -> channel.accounts().stream()).toList();
    }

    /** Every channel that has an ability. */
    public <A> List<A> having(Class<A> ability) {
        return channels.stream().filter(ability::isInstance).map(ability::cast).toList();
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
