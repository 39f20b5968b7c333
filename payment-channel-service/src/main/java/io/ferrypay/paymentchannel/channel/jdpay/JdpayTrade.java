package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.xml.Xml;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A payment, refund or revocation as JD tells it. Who paid stands in there too ({@code detail}) and
 * is not read at all.
 *
 * @param status means something else for each kind: paid is 2, refunded is 1
 */
record JdpayTrade(
        @Nullable String tradeNum,
        @Nullable String originalTradeNum,
        @Nullable String tradeType,
        @Nullable String note,
        @Nullable String amount,
        @Nullable String currency,
        @Nullable String tradeTime,
        @Nullable String status,
        List<Part> parts) {

    static final String PAYMENT = "0";
    static final String REFUND = "1";
    static final String YUAN = "CNY";
    static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    /** {@code yyyyMMddHHmmss}, Beijing time. */
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    /** One means of payment among those that made up the amount. */
    record Part(
            @Nullable String payType,
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String tradeTime) {}

    static JdpayTrade of(Element message) {
        var parts =
                Xml.child(message, "payList")
                        .map(list -> Xml.children(list, "pay"))
                        .orElse(List.of());
        return new JdpayTrade(
                Xml.text(message, "tradeNum"),
                Xml.text(message, "oTradeNum"),
                Xml.text(message, "tradeType"),
                Xml.text(message, "note"),
                Xml.text(message, "amount"),
                Xml.text(message, "currency"),
                Xml.text(message, "tradeTime"),
                Xml.text(message, "status"),
                parts.stream().map(JdpayTrade::part).toList());
    }

    private static Part part(Element pay) {
        return new Part(
                Xml.text(pay, "payType"),
                Xml.text(pay, "amount"),
                Xml.text(pay, "currency"),
                Xml.text(pay, "tradeTime"));
    }

    /**
     * What it says of a payment. Anything new or incomplete is unknown.
     *
     * @param now stands in for a payment time JD did not send
     */
    ChannelOutcome outcome(Instant now) {
        return switch (status) {
            case "0" -> new ChannelOutcome.Pending(false);
            case "1" -> new ChannelOutcome.Pending(true);
            case "2" -> succeeded(now);
            case "3" -> new ChannelOutcome.Declined("3");
            case "4" -> new ChannelOutcome.Closed();
            case null -> new ChannelOutcome.Unknown("no status");
            default -> new ChannelOutcome.Unknown("an unfamiliar status");
        };
    }

    private ChannelOutcome succeeded(Instant now) {
        var charged = charged();
        if (charged == null || tradeNum == null) {
            return new ChannelOutcome.Unknown("paid, but without number or amount");
        }
        return new ChannelOutcome.Succeeded(
                // JD names no number of its own for a payment; by ours it finds it.
                tradeNum,
                charged,
                charged.currency().equals(YUAN)
                        ? new Money(charged.amountMinor(), Currency.of(YUAN))
                        : null,
                null,
                paidAt(now));
    }

    /** What it says of a refund. */
    RefundAnswer refundAnswer(Instant now) {
        return switch (status) {
            case "0" -> new RefundAnswer.Accepted(null);
            case "1" -> {
                var charged = charged();
                yield new RefundAnswer.Succeeded(
                        null,
                        charged == null || !charged.currency().equals(YUAN)
                                ? null
                                : new Money(charged.amountMinor(), Currency.of(YUAN)),
                        time(tradeTime, now));
            }
            case "2" -> new RefundAnswer.Failed("2");
            case null -> new RefundAnswer.Unknown("no status");
            default -> new RefundAnswer.Unknown("an unfamiliar status");
        };
    }

    /** Fen, and the currency JD names; notifications name it for each part only, or not at all. */
    ChannelOutcome.@Nullable Charged charged() {
        if (amount == null || !amount.matches("[0-9]{1,15}")) {
            return null;
        }
        return new ChannelOutcome.Charged(Long.parseLong(amount), currencyTold());
    }

    private String currencyTold() {
        if (currency != null) {
            return currency;
        }
        for (var part : parts) {
            if (part.currency() != null && !part.currency().equals(YUAN)) {
                return part.currency();
            }
        }
        return YUAN;
    }

    private Instant paidAt(Instant otherwise) {
        for (var part : parts) {
            if (part.tradeTime() != null) {
                return time(part.tradeTime(), otherwise);
            }
        }
        return time(tradeTime, otherwise);
    }

    private static Instant time(@Nullable String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return LocalDateTime.parse(text, TIME).toInstant(BEIJING);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
