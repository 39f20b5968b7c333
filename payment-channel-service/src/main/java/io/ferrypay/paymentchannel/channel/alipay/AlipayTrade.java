package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Charged;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Alipay's words about an order mean to us. Anything new or incomplete is unknown, never a
 * success and never a failure. The same name means different things in different messages: {@code
 * total_fee} is yuan in a query and the shop's currency in a notification.
 */
final class AlipayTrade {

    static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    static final String YUAN = "CNY";

    /** The payer has not been at the cashier yet, or there is no such order. */
    static final String NOT_EXIST = "TRADE_NOT_EXIST";

    private static final DateTimeFormatter SPACED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter PLAIN = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,4})?");
    private static final Pattern RATE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,12})?");

    /** Who pays stands in other fields, and those are left out. */
    private static final Set<String> IMPERSONAL =
            Set.of(
                    "notify_id",
                    "notify_type",
                    "notify_time",
                    "notify_action_type",
                    "sign_type",
                    "_input_charset",
                    "out_trade_no",
                    "trade_no",
                    "trade_status",
                    "partner_trans_id",
                    "alipay_trans_id",
                    "alipay_trans_status",
                    "alipay_pay_time",
                    "seller_id",
                    "currency",
                    "trans_currency",
                    "total_fee",
                    "forex_total_fee",
                    "trans_amount",
                    "trans_amount_cny",
                    "exchange_rate",
                    "trans_forex_rate",
                    "gmt_create",
                    "gmt_payment",
                    "gmt_close",
                    "to_buyer_fee",
                    "result_code",
                    "error",
                    "detail_error_code",
                    "out_return_no",
                    "refund_status",
                    "return_amount",
                    "error_code");

    private AlipayTrade() {}

    /** From {@code single_trade_query}, which tells yuan alone. */
    static ChannelOutcome ofQuery(Map<String, String> trade, Instant now) {
        return switch (field(trade, "trade_status")) {
            case "TRADE_FINISHED", "TRADE_SUCCESS" -> {
                var reference = field(trade, "trade_no");
                yield reference.isEmpty()
                        ? new ChannelOutcome.Unknown("paid, but without trade_no")
                        : new ChannelOutcome.Succeeded(
                                reference,
                                null,
                                money(field(trade, "total_fee"), YUAN),
                                null,
                                time(field(trade, "gmt_payment"), now));
            }
            case "WAIT_BUYER_PAY" -> new ChannelOutcome.Pending(false);
            // A paid order stays TRADE_FINISHED, refunded or not, so this one ran out.
            case "TRADE_CLOSED" ->
                    field(trade, "gmt_payment").isEmpty()
                            ? new ChannelOutcome.Closed()
                            : new ChannelOutcome.Unknown("closed, yet with a time of payment");
            case "" -> new ChannelOutcome.Unknown("no trade_status");
            default -> new ChannelOutcome.Unknown("an unfamiliar trade_status");
        };
    }

    /** From {@code alipay.acquire.overseas.query}. */
    static ChannelOutcome ofInStoreQuery(Map<String, String> trade, Instant now) {
        return switch (field(trade, "alipay_trans_status")) {
            case "TRADE_SUCCESS", "TRADE_FINISHED" -> inStorePaid(trade, now);
            case "WAIT_BUYER_PAY" -> new ChannelOutcome.Pending(false);
            // Ran out, or the payer has everything back: canceled, or wholly refunded. Whoever
            // knows the order as paid has a refund to look at; for anybody else nothing was paid.
            case "TRADE_CLOSED" -> new ChannelOutcome.Closed();
            case "" -> new ChannelOutcome.Unknown("no alipay_trans_status");
            default -> new ChannelOutcome.Unknown("an unfamiliar alipay_trans_status");
        };
    }

    private static ChannelOutcome inStorePaid(Map<String, String> trade, Instant now) {
        var reference = field(trade, "alipay_trans_id");
        var charged = charged(field(trade, "trans_amount"), field(trade, "currency"));
        if (reference.isEmpty() || charged == null) {
            return new ChannelOutcome.Unknown("paid, but without alipay_trans_id or amount");
        }
        return new ChannelOutcome.Succeeded(
                reference,
                charged,
                money(field(trade, "trans_amount_cny"), YUAN),
                rate(field(trade, "exchange_rate")),
                time(field(trade, "alipay_pay_time"), now));
    }

    /** From a notification about an order that began in a browser: the shop's currency. */
    static ChannelOutcome ofNotification(Map<String, String> trade, Instant now) {
        return switch (field(trade, "trade_status")) {
            case "TRADE_FINISHED", "TRADE_SUCCESS" -> {
                var charged = charged(field(trade, "total_fee"), field(trade, "currency"));
                yield charged == null
                        ? new ChannelOutcome.Unknown("paid, but without total_fee or currency")
                        : new ChannelOutcome.Succeeded(
                                field(trade, "trade_no"),
                                charged,
                                null,
                                null,
                                time(
                                        field(trade, "gmt_payment"),
                                        time(field(trade, "notify_time"), now)));
            }
            case "TRADE_CLOSED" -> new ChannelOutcome.Closed();
            case "WAIT_BUYER_PAY" -> new ChannelOutcome.Pending(false);
            default -> new ChannelOutcome.Unknown("an unfamiliar trade_status");
        };
    }

    static String field(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "").strip();
    }

    /** As written; null when it is no amount of that currency. */
    static @Nullable Charged charged(String amount, String currency) {
        if (!AMOUNT.matcher(amount).matches() || !currency.matches("[A-Z]{3}")) {
            return null;
        }
        try {
            var minor =
                    new BigDecimal(amount)
                            .movePointRight(Currency.of(currency).exponent())
                            .longValueExact();
            return new Charged(minor, currency);
        } catch (UnknownCurrency | ArithmeticException _) {
            return null;
        }
    }

    static @Nullable Money money(String amount, String currency) {
        var charged = charged(amount, currency);
        return charged == null
                ? null
                : new Money(charged.amountMinor(), Currency.of(charged.currency()));
    }

    static @Nullable BigDecimal rate(String text) {
        return RATE.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** Beijing time in either of Alipay's spellings. */
    static Instant time(String text, Instant otherwise) {
        try {
            return LocalDateTime.parse(text, text.length() == 14 ? PLAIN : SPACED)
                    .toInstant(BEIJING);
        } catch (DateTimeException _) {
            return otherwise;
        }
    }

    static String spaced(Instant instant) {
        return SPACED.format(instant.atOffset(BEIJING));
    }

    static String plain(Instant instant) {
        return PLAIN.format(instant.atOffset(BEIJING));
    }

    /** Without whoever paid. */
    static Map<String, String> impersonal(Map<String, String> fields) {
        var kept = new TreeMap<>(fields);
        kept.keySet().retainAll(IMPERSONAL);
        return kept;
    }

    static String evidence(Map<String, String> fields) {
        return JsonMapper.shared().writeValueAsString(impersonal(fields));
    }
}
