package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.ProvidesRates.ChannelRate;
import io.ferrypay.paymentchannel.channel.ProvidesRates.RatesAnswer;
import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import io.ferrypay.paymentchannel.channel.alipay.AlipayClient.FileAnswer;
import io.ferrypay.paymentchannel.channel.alipay.AlipayClient.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files Alipay hands out over HTTP: rates of the day, and what happened on a past day. */
final class AlipayFiles {

    static final String STATEMENT_FORMAT = "alipay-forex-compare";
    static final String SETTLEMENT_FORMAT = "alipay-forex-liquidation";

    private static final int MOST_RATE_BYTES = 64 * 1024;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    private final AlipayAccounts accounts;
    private final Clock clock;

    AlipayFiles(AlipayAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Before about ten in Beijing the newest rates are yesterday's: {@code asOf} says so. */
    RatesAnswer rates(String accountId, Set<String> currencies) {
        var client = accounts.require(accountId).client();
        var file = new Bounded(MOST_RATE_BYTES);
        FileAnswer answer;
        try {
            answer = client.file(Operation.RATES, Map.of(), file);
        } catch (UncheckedIOException _) {
            return new RatesAnswer.Unknown("a rate file beyond the limit");
        }
        return switch (answer) {
            case FileAnswer.Complete _ -> read(file.text(), currencies);
            case FileAnswer.Refused(var words) when words.isEmpty() -> new RatesAnswer.NotYet();
            case FileAnswer.Refused(var words) ->
                    new RatesAnswer.Unknown(AlipayClient.printable(words));
            case FileAnswer.Unknown(var why) -> new RatesAnswer.Unknown(why);
        };
    }

    private static RatesAnswer read(String text, Set<String> currencies) {
        var newest = new HashMap<String, ChannelRate>();
        for (var line : text.lines().filter(line -> !line.isBlank()).toList()) {
            var rate = rate(line);
            if (rate == null) {
                return new RatesAnswer.Unknown("a line that is no rate");
            }
            if (currencies.contains(rate.currency())) {
                newest.merge(
                        rate.currency(),
                        rate,
                        (one, other) -> other.asOf().isBefore(one.asOf()) ? one : other);
            }
        }
        return new RatesAnswer.Known(List.copyOf(newest.values()));
    }

    /** {@code 20160504|100030|NZD|4.496100|}: yuan for one dollar. */
    private static @Nullable ChannelRate rate(String line) {
        var parts = line.strip().split("\\|", -1);
        if (parts.length < 4
                || !(parts[0] + parts[1]).matches("[0-9]{14}")
                || !parts[2].matches("[A-Z]{3}")) {
            return null;
        }
        var rate = AlipayTrade.rate(parts[3]);
        var never = Instant.MIN;
        var asOf = AlipayTrade.time(parts[0] + parts[1], never);
        return rate == null || rate.signum() == 0 || asOf.equals(never)
                ? null
                : new ChannelRate(parts[2], rate, asOf);
    }

    StatementAnswer statement(String accountId, LocalDate day, OutputStream sink)
            throws IOException {
        return file(Operation.STATEMENT, STATEMENT_FORMAT, accountId, day, sink);
    }

    /** What Alipay settled on that day, in the same columns (alipay.md §1.16). */
    StatementAnswer settlementFile(String accountId, LocalDate day, OutputStream sink)
            throws IOException {
        return file(Operation.SETTLEMENT_FILE, SETTLEMENT_FORMAT, accountId, day, sink);
    }

    private StatementAnswer file(
            Operation operation, String format, String accountId, LocalDate day, OutputStream sink)
            throws IOException {
        var today = LocalDate.ofInstant(clock.instant(), AlipayTrade.BEIJING);
        if (!day.isBefore(today)) {
            return day.equals(today)
                    ? new StatementAnswer.NotReady()
                    : new StatementAnswer.OutOfRange("FUTURE");
        }
        var client = accounts.require(accountId).client();
        var parameters = Map.of("start_date", DAY.format(day), "end_date", DAY.format(day));
        FileAnswer answer;
        try {
            answer = client.file(operation, parameters, sink);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return switch (answer) {
            case FileAnswer.Complete(var sha256, var bytes) ->
                    new StatementAnswer.Complete(format, sha256, bytes, false);
            case FileAnswer.Refused(var words) -> refused(words);
            case FileAnswer.Unknown(var why) -> new StatementAnswer.Unknown(why);
        };
    }

    private static StatementAnswer refused(String words) {
        return switch (words) {
            case "No balance account data in the period" -> new StatementAnswer.EmptyDay();
            case "Finish date not ahead of today" -> new StatementAnswer.NotReady();
            case "Illegal Date period!", "Over 10 days to Date period" ->
                    new StatementAnswer.OutOfRange(AlipayClient.printable(words));
            default -> new StatementAnswer.Unknown(AlipayClient.printable(words));
        };
    }

    private static final class Bounded extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int most;

        Bounded(int most) {
            this.most = most;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int from, int length) throws IOException {
            if (bytes.size() + length > most) {
                throw new IOException("more than " + most + " bytes");
            }
            bytes.write(b, from, length);
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
