package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.OrderBook;
import io.ferrypay.paymentchannel.channel.OrderBook.BookedOrder;
import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A statement for a company that has none: every order of ours of that day is asked about again,
 * and the day's refunds are listed. It can show what we believe wrongly, but not an order of which
 * we know nothing.
 *
 * <p>The file is UTF-8, comma-separated, with a line of headings; no value ever needs a quote. One
 * line is a payment that Payease says is paid, or a refund. An order that we hold as paid and
 * Payease does not is a line with Payease's own status.
 *
 * <pre>{@code
 * type,order_number,channel_reference,refund_reference,refund_number,amount,currency,status,settled
 * }</pre>
 */
final class VirtualStatement {

    static final String FORMAT = "payease-virtual-csv";

    private static final String HEADINGS =
            "type,order_number,channel_reference,refund_reference,refund_number,amount,currency,status,settled\n";
    private static final int PAGE = 5_000;
    private static final int CHUNK = 64;

    /** Half of what an account may have under way: payers come first. */
    private static final int AT_ONCE = 8;

    private final OrderBook orders;
    private final Clock clock;

    VirtualStatement(OrderBook orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    StatementAnswer write(PayeaseAccount account, LocalDate day, OutputStream sink)
            throws IOException {
        var today = LocalDate.ofInstant(clock.instant(), OrderNumber.BEIJING);
        if (day.isAfter(today)) {
            return new StatementAnswer.OutOfRange("FUTURE");
        }
        if (day.equals(today)) {
            return new StatementAnswer.NotReady();
        }
        var file = new HashedFile(sink);
        file.write(HEADINGS);
        int lines = 0;
        var after = "";
        while (true) {
            var page = orders.ofDay(account.settings().id(), day, after, PAGE);
            if (page.isEmpty()) {
                break;
            }
            for (int from = 0; from < page.size(); from += CHUNK) {
                var chunk = page.subList(from, Math.min(page.size(), from + CHUNK));
                var answers = ask(account, chunk);
                for (int i = 0; i < chunk.size(); i++) {
                    var line = line(chunk.get(i), answers.get(i));
                    if (line == null) {
                        return new StatementAnswer.Unknown(
                                "no answer about " + chunk.get(i).key().orderNumber());
                    }
                    file.write(line);
                    lines += line.isEmpty() ? 0 : 1;
                }
            }
            after = page.getLast().key().orderNumber();
        }
        switch (account.client().refundsOn(DateTimeFormatter.BASIC_ISO_DATE.format(day))) {
            case PayeaseAnswer.Done<List<RefundRow>>(var rows) -> {
                for (var row : rows) {
                    file.write(line(row));
                    lines++;
                }
            }
            case PayeaseAnswer.Refused<List<RefundRow>>(var error) -> {
                return new StatementAnswer.Unknown("refunds: " + error);
            }
            case PayeaseAnswer.NotSent<List<RefundRow>>(var why) -> {
                return new StatementAnswer.Unknown("refunds: " + why);
            }
            case PayeaseAnswer.Unknown<List<RefundRow>>(var why) -> {
                return new StatementAnswer.Unknown("refunds: " + why);
            }
        }
        // Signed answers went into it, but nobody vouches for the file as a whole.
        return lines == 0
                ? new StatementAnswer.EmptyDay()
                : new StatementAnswer.Complete(FORMAT, file.sha256(), file.bytes, false);
    }

    private static List<PayeaseAnswer<OrderState>> ask(
            PayeaseAccount account, List<BookedOrder> page) {
        try (var threads =
                Executors.newFixedThreadPool(
                        AT_ONCE, Thread.ofVirtual().name("payease-statement-", 0).factory())) {
            var calls = new ArrayList<Callable<PayeaseAnswer<OrderState>>>();
            for (var order : page) {
                var oid = OrderNumber.of(account.settings(), order.key()).toString();
                calls.add(() -> account.client().query(oid, null));
            }
            var answers = new ArrayList<PayeaseAnswer<OrderState>>();
            for (var answer : threads.invokeAll(calls)) {
                answers.add(get(answer));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static PayeaseAnswer<OrderState> get(Future<PayeaseAnswer<OrderState>> answer)
            throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Empty when it needs no line; null when there is no telling. */
    private static @Nullable String line(BookedOrder order, PayeaseAnswer<OrderState> answer) {
        return switch (answer) {
            case PayeaseAnswer.Done<OrderState>(var state) -> {
                var charged = Yuan.charged(state.amount(), state.moneyType());
                if (charged == null) {
                    yield null;
                }
                yield state.isPaid() || order.paid()
                        ? line(
                                "payment",
                                order.key().orderNumber(),
                                state.oid(),
                                "",
                                "",
                                state.amount(),
                                charged.currency(),
                                state.isPaid() ? "paid" : "pstatus_" + plain(state.status()),
                                plain(state.settled()))
                        : "";
            }
            case PayeaseAnswer.Refused<OrderState>(var error) -> {
                if (error != PayeaseError.INVALID_ORDER_NUMBER) {
                    yield null;
                }
                yield order.paid()
                        ? line(
                                "payment",
                                order.key().orderNumber(),
                                "",
                                "",
                                "",
                                "0.00",
                                "CNY",
                                "unknown_order",
                                "")
                        : "";
            }
            case PayeaseAnswer.NotSent<OrderState> _, PayeaseAnswer.Unknown<OrderState> _ -> null;
        };
    }

    private static String line(RefundRow row) {
        var number = OrderNumber.parse(row.oid());
        var charged = Yuan.charged(row.amount(), row.moneyType());
        return line(
                "refund",
                number == null ? "" : number.ours(),
                plain(row.oid()),
                plain(row.refundId()),
                plain(row.reason()),
                row.amount(),
                charged == null ? "" : charged.currency(),
                switch (row.status()) {
                    case RefundRow.DONE -> "done";
                    case RefundRow.REFUSED -> "refused";
                    default -> "open";
                },
                "");
    }

    private static String line(String... values) {
        return String.join(",", values) + "\n";
    }

    /** What a company wrote, without anything that a spreadsheet or a parser would act on. */
    private static String plain(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[^A-Za-z0-9._-]", "");
    }

    /** Counts and hashes what goes by. */
    private static final class HashedFile {

        private final OutputStream sink;
        private final MessageDigest sha256;
        private long bytes;

        HashedFile(OutputStream sink) {
            this.sink = sink;
            try {
                this.sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        void write(String text) throws IOException {
            var encoded = text.getBytes(StandardCharsets.UTF_8);
            sink.write(encoded);
            sha256.update(encoded);
            bytes += encoded.length;
        }

        String sha256() {
            return HexFormat.of().formatHex(sha256.digest());
        }
    }
}
