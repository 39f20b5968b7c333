package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.exception.HttpException;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.HttpResponse;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.JsonResponseBody;
import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementQuery;
import java.net.MalformedURLException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The calls one account makes to {@code /v3/global/…}. Answers are verified by the SDK; everything
 * it throws is turned into an answer, and its messages are dropped: they quote the Authorization
 * header.
 */
final class WechatClient {

    private static final Logger log = LoggerFactory.getLogger(WechatClient.class);

    /** Stands for a signed answer that says no more than that the payer is being asked. */
    private static final WechatTransaction CONFIRMING =
            new WechatTransaction(
                    null, null, null, null, null, null, null, "USERPAYING", null, null, null);

    private final WechatProperties.Account account;
    private final HttpClient http;
    private final HttpClient once;
    private final PlatformKeys keys;
    private final CallGuard guard;
    private final CallGuard chargeGuard;
    private final CallGuard refundGuard;
    private final CallGuard backgroundGuard;

    /**
     * @param once sends nothing again by itself: for what must not be done twice
     * @param chargeGuard its own, so that trouble with shown codes closes no page
     * @param refundGuard its own, so that refunds take no payment's place and a failing refund
     *     interface does not make us stop taking payments
     * @param backgroundGuard for what nobody waits for
     */
    WechatClient(
            WechatProperties.Account account,
            HttpClient http,
            HttpClient once,
            PlatformKeys keys,
            CallGuard guard,
            CallGuard chargeGuard,
            CallGuard refundGuard,
            CallGuard backgroundGuard) {
        this.account = account;
        this.http = http;
        this.once = once;
        this.keys = keys;
        this.guard = guard;
        this.chargeGuard = chargeGuard;
        this.refundGuard = refundGuard;
        this.backgroundGuard = backgroundGuard;
    }

    /**
     * Places the order, or finds the same unpaid one again; the value is what leads its payer on,
     * see {@link TradeType#answers}.
     */
    WechatAnswer<String> create(OrderRequest order) {
        return call(
                Operation.CREATE,
                HttpMethod.POST,
                order.tradeType().path(),
                WechatJson.MAPPER.writeValueAsString(order),
                body -> readFirst(body, order.tradeType().answers()));
    }

    /** Asks what became of an order; an order WeChat does not know is refused. */
    WechatAnswer<WechatTransaction> query(String subMchid, String outTradeNo) {
        return call(
                Operation.QUERY,
                HttpMethod.GET,
                "/v3/global/transactions/out-trade-no/%s?sp_mchid=%s&sub_mchid=%s"
                        .formatted(encode(outTradeNo), encode(account.spMchid()), encode(subMchid)),
                null,
                body -> readTransaction(body, subMchid, outTradeNo));
    }

    /**
     * Charges whoever shows the code. A 202 may bring the code of a refusal, or the order as it
     * stands; the sheet says only that there is one.
     */
    WechatAnswer<WechatTransaction> charge(MicropayRequest charge) {
        var answer =
                call(
                        Operation.CHARGE,
                        HttpMethod.POST,
                        "/v3/global/micropay/transactions/pay",
                        WechatJson.MAPPER.writeValueAsString(charge),
                        body -> readCharge(body, charge.subMchid(), charge.outTradeNo()));
        return answer instanceof WechatAnswer.Done<WechatTransaction>(var transaction)
                        && transaction.outTradeNo() == null
                ? new WechatAnswer.Refused<>(WechatError.USER_PAYING)
                : answer;
    }

    /** Takes a charge back: closes it, or gives all of its money back. */
    WechatAnswer<Boolean> reverse(String subMchid, String outTradeNo) {
        return call(
                Operation.REVERSE,
                HttpMethod.POST,
                "/v3/global/micropay/transactions/out-trade-no/%s/reverse"
                        .formatted(encode(outTradeNo)),
                WechatJson.MAPPER.writeValueAsString(new CloseOrder(account.spMchid(), subMchid)),
                body -> body == null ? true : null);
    }

    /** Closes an unpaid order. Repeating is harmless; a payer may have been faster (ORDERPAID). */
    WechatAnswer<Boolean> close(String subMchid, String outTradeNo) {
        return call(
                Operation.CLOSE,
                HttpMethod.POST,
                "/v3/global/transactions/out-trade-no/%s/close".formatted(encode(outTradeNo)),
                WechatJson.MAPPER.writeValueAsString(new CloseOrder(account.spMchid(), subMchid)),
                body -> body == null ? true : null);
    }

    /** Asks for a refund. WeChat's yes means that it will try. */
    WechatAnswer<WechatRefund> refund(RefundRequest refund) {
        return call(
                Operation.REFUND,
                HttpMethod.POST,
                "/v3/global/refunds",
                WechatJson.MAPPER.writeValueAsString(refund),
                body ->
                        readRefund(
                                body,
                                answer ->
                                        refund.outRefundNo().equals(answer.outRefundNo())
                                                && answer.refundNumber() != null));
    }

    /** Asks what became of a refund; one WeChat does not know is refused. */
    WechatAnswer<WechatRefund> queryRefund(String subMchid, String outTradeNo, String outRefundNo) {
        return call(
                Operation.QUERY_REFUND,
                HttpMethod.GET,
                "/v3/global/refunds/out-refund-no/%s?sp_mchid=%s&sub_mchid=%s"
                        .formatted(
                                encode(outRefundNo), encode(account.spMchid()), encode(subMchid)),
                null,
                body ->
                        readRefund(
                                body,
                                answer ->
                                        outRefundNo.equals(answer.outRefundNo())
                                                && isOrNothing(outTradeNo, answer.outTradeNo())
                                                && isOrNothing(subMchid, answer.subMchid())));
    }

    /** One page of what has been, or is to be, paid out to a merchant; from that batch on. */
    WechatAnswer<WechatSettlements.Page> settlements(SettlementQuery query, int offset) {
        return call(
                Operation.SETTLEMENTS,
                HttpMethod.GET,
                "/v3/global/settle/settlements?sp_mchid=%s&sub_mchid=%s&settle_state=%s&settle_start_date=%s&settle_end_date=%s&offset=%d&limit=%d"
                        .formatted(
                                encode(account.spMchid()),
                                encode(query.subMerchantId()),
                                query.settled() ? "SETTLED" : "UNSETTLE",
                                DateTimeFormatter.BASIC_ISO_DATE.format(query.from()),
                                DateTimeFormatter.BASIC_ISO_DATE.format(query.until()),
                                offset,
                                WechatSettlements.PAGE),
                null,
                WechatClient::readSettlements);
    }

    private static WechatSettlements.@Nullable Page readSettlements(@Nullable String body) {
        if (body == null) {
            return null;
        }
        try {
            return WechatJson.MAPPER.readValue(body, WechatSettlements.Page.class);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static boolean isOrNothing(String expected, @Nullable String told) {
        return told == null || told.equals(expected);
    }

    private <T> WechatAnswer<T> call(
            Operation operation,
            HttpMethod method,
            String path,
            @Nullable String json,
            Function<@Nullable String, @Nullable T> reader) {
        return operation
                .guard(this)
                .around(
                        operation.name().toLowerCase(Locale.ROOT),
                        () -> send(operation, method, path, json, reader),
                        WechatAnswer::isUsable,
                        WechatAnswer.NotNow::new);
    }

    private <T> WechatAnswer<T> send(
            Operation operation,
            HttpMethod method,
            String path,
            @Nullable String json,
            Function<@Nullable String, @Nullable T> reader) {
        var exchange = new Exchange();
        WechatAnswer<T> answer;
        try {
            keys.getSerialNumber(); // Without a key to verify the answer nothing is sent.
            var request =
                    new HttpRequest.Builder()
                            .httpMethod(method)
                            .url(account.endpoint(path).toURL())
                            .headers(headers(json != null));
            if (json != null) {
                request.body(new JsonRequestBody.Builder().body(json).build());
            }
            var client = operation == Operation.CHARGE ? once : http;
            var response =
                    ScopedValue.where(Exchange.CURRENT, exchange)
                            .call(() -> client.execute(request.build(), Object.class));
            answer = read(response, reader);
        } catch (ServiceException e) {
            answer = refusal(e);
        } catch (PlatformKeyUnavailable e) {
            answer = withoutKey(e);
        } catch (HttpException e) {
            answer = failure(exchange, e.getCause());
        } catch (RuntimeException e) {
            // The SDK throws whatever it stumbles over: Gson's, Base64's, null pointers.
            answer = failure(exchange, e);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(account.id() + " has an unusable base URL", e);
        }
        if (!(answer instanceof WechatAnswer.Done)) {
            log.warn(
                    "WeChat Pay {} on account {}: {} (HTTP {}, Request-ID {})",
                    operation,
                    account.id(),
                    answer,
                    exchange.status(),
                    exchange.requestId());
        }
        return answer;
    }

    private static <T> WechatAnswer<T> failure(Exchange exchange, @Nullable Throwable cause) {
        var why = cause == null ? "no answer" : cause.getClass().getSimpleName();
        return exchange.sent()
                ? new WechatAnswer.Unknown<>(why, exchange.status() >= 500)
                : new WechatAnswer.NotNow<>(why);
    }

    private static <T> WechatAnswer<T> read(
            HttpResponse<Object> response, Function<@Nullable String, @Nullable T> reader) {
        var value = reader.apply(body(response));
        return value == null
                ? new WechatAnswer.Unknown<>("unreadable answer", false)
                : new WechatAnswer.Done<>(value);
    }

    private static @Nullable String body(HttpResponse<Object> response) {
        return response.getBody() instanceof JsonResponseBody json ? json.getBody() : null;
    }

    private static <T> WechatAnswer<T> refusal(ServiceException e) {
        int status = e.getHttpStatusCode();
        var error = WechatError.of(e.getErrorCode());
        if (error != null) {
            return switch (error.meaning()) {
                case REFUSED -> new WechatAnswer.Refused<>(error);
                case MISCONFIGURED -> new WechatAnswer.Misconfigured<>(error);
                case NOT_NOW -> new WechatAnswer.NotNow<>(error.name());
                case UNKNOWN -> new WechatAnswer.Unknown<>(error.name(), true);
            };
        }
        if (status == 429) {
            return new WechatAnswer.NotNow<>("HTTP 429");
        }
        return new WechatAnswer.Unknown<>(
                "HTTP " + status + " " + printable(e.getErrorCode()), status >= 500);
    }

    private static <T> WechatAnswer<T> withoutKey(PlatformKeyUnavailable e) {
        if (e.getCause() instanceof ServiceException service) {
            var error = WechatError.of(service.getErrorCode());
            if (error != null && error.meaning() == WechatError.Meaning.MISCONFIGURED) {
                return new WechatAnswer.Misconfigured<>(error);
            }
        }
        return new WechatAnswer.NotNow<>("no platform certificate");
    }

    private static @Nullable String readFirst(@Nullable String body, List<String> fields) {
        if (body == null) {
            return null;
        }
        try {
            var json = WechatJson.MAPPER.readTree(body);
            return fields.stream()
                    .map(field -> json.path(field).asString(""))
                    .filter(value -> !value.isBlank())
                    .findFirst()
                    .orElse(null);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable WechatRefund readRefund(
            @Nullable String body, Predicate<WechatRefund> isTheOne) {
        if (body == null) {
            return null;
        }
        try {
            var refund = WechatJson.MAPPER.readValue(body, WechatRefund.class);
            return isTheOne.test(refund) ? refund : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private @Nullable WechatTransaction readTransaction(
            @Nullable String body, String subMchid, String outTradeNo) {
        if (body == null) {
            return null;
        }
        try {
            var transaction = WechatJson.MAPPER.readValue(body, WechatTransaction.class);
            return outTradeNo.equals(transaction.outTradeNo())
                            && subMchid.equals(transaction.subMchid())
                            && account.spMchid().equals(transaction.spMchid())
                    ? transaction
                    : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private @Nullable WechatTransaction readCharge(
            @Nullable String body, String subMchid, String outTradeNo) {
        return WechatError.of(readFirst(body, List.of("code"))) == WechatError.USER_PAYING
                ? CONFIRMING
                : readTransaction(body, subMchid, outTradeNo);
    }

    private static HttpHeaders headers(boolean withBody) {
        var headers = new HttpHeaders();
        headers.addHeader("Accept", "application/json");
        if (withBody) {
            headers.addHeader("Content-Type", "application/json");
        }
        return headers;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String printable(@Nullable String code) {
        return code == null ? "" : code.replaceAll("[^A-Za-z0-9_]", "?");
    }

    /** What we ask of WeChat; each has its own breaker, so that a failing one stops no other. */
    enum Operation {
        CREATE,
        QUERY,
        CLOSE,
        CHARGE,
        REVERSE,
        REFUND,
        QUERY_REFUND,
        SETTLEMENTS;

        private CallGuard guard(WechatClient client) {
            return switch (this) {
                case CREATE, QUERY, CLOSE -> client.guard;
                case CHARGE, REVERSE -> client.chargeGuard;
                case REFUND, QUERY_REFUND -> client.refundGuard;
                case SETTLEMENTS -> client.backgroundGuard;
            };
        }
    }

    private record CloseOrder(String spMchid, String subMchid) {}
}
