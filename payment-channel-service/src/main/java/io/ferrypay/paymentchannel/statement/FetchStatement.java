package io.ferrypay.paymentchannel.statement;

import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.ProvidesSettlementFiles;
import io.ferrypay.paymentchannel.channel.ProvidesStatements;
import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Fetches an account's statement of a day. Never inside a transaction. */
@Service
public class FetchStatement {

    private final Channels channels;

    FetchStatement(Channels channels) {
        this.channels = channels;
    }

    /** The accounts that have statements. */
    public List<ChannelAccount> accounts() {
        return channels.accounts().stream()
                .filter(account -> channel(account.id()).isPresent())
                .toList();
    }

    /**
     * Empty when there is no such account, or it has no statements.
     *
     * @param file whatever is in it is worthless unless the answer says that it is complete
     */
    public Optional<StatementAnswer> fetch(String accountId, LocalDate day, Path file)
            throws IOException {
        var channel = channel(accountId).orElse(null);
        if (channel == null) {
            return Optional.empty();
        }
        try (var sink = new BufferedOutputStream(Files.newOutputStream(file))) {
            return Optional.of(channel.statement(accountId, day, sink));
        }
    }

    /** As {@link #fetch}, of what was settled on the day; empty where there is no such file. */
    public Optional<StatementAnswer> fetchSettled(String accountId, LocalDate day, Path file)
            throws IOException {
        var channel = channels.ability(accountId, ProvidesSettlementFiles.class).orElse(null);
        if (channel == null) {
            return Optional.empty();
        }
        try (var sink = new BufferedOutputStream(Files.newOutputStream(file))) {
            return Optional.of(channel.settlementFile(accountId, day, sink));
        }
    }

    private Optional<ProvidesStatements> channel(String accountId) {
        return channels.ability(accountId, ProvidesStatements.class);
    }
}
