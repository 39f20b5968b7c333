package io.ferrypay.paymentchannel.statement;

import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementQuery;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementsAnswer;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Asks an account's company what it has paid out. Never inside a transaction. */
@Service
public class FetchSettlements {

    private final Channels channels;

    FetchSettlements(Channels channels) {
        this.channels = channels;
    }

    /** Empty when there is no such account, or its company cannot be asked that. */
    public Optional<SettlementsAnswer> fetch(String accountId, SettlementQuery query) {
        return channels.ability(accountId, ProvidesSettlements.class)
                .map(channel -> channel.settlements(accountId, query));
    }
}
