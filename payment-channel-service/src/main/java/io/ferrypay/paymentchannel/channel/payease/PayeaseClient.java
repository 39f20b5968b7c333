package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.xml.Xml;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import okhttp3.FormBody;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/**
 * The calls one account makes to Payease. Whatever goes wrong is an answer; nothing is ever sent
 * twice by itself, because a second refund request would be a second refund.
 */
final class PayeaseClient {

    private static final Logger log = LoggerFactory.getLogger(PayeaseClient.class);
    private static final String LIST_VERSION = "1.0";

    private final PayeaseProperties.Account account;
    private final OkHttpClient http;
    private final Mac mac;
    private final Sign sign;
    private final CallGuard guard;

    PayeaseClient(
            PayeaseProperties.Account account,
            OkHttpClient http,
            Mac mac,
            Sign sign,
            CallGuard guard) {
        this.account = account;
        this.http = http;
        this.mac = mac;
        this.sign = sign;
        this.guard = guard;
    }

    static OkHttpClient http(Duration connectTimeout, Duration readTimeout) {
        return new OkHttpClient.Builder()
                .connectTimeout(connectTimeout)
                .readTimeout(readTimeout)
                .writeTimeout(readTimeout)
                .callTimeout(connectTimeout.plus(readTimeout))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .addNetworkInterceptor(PayeaseClient::noteThatItIsSent)
                .build();
    }

    /** What became of an order; one that Payease does not know is refused. */
    PayeaseAnswer<OrderState> query(String oid, @Nullable Duration patience) {
        return call(
                Operation.QUERY,
                "/merchant/order/order_ack_oid_list.jsp",
                fields("v_mid", account.merchantNumber(), "v_oid", oid)
                        .with("v_mac", mac.of(account.merchantNumber(), oid)),
                patience,
                root -> order(root, oid));
    }

    /** Asks for a refund; the value is Payease's number for it. Never to be repeated unseen. */
    PayeaseAnswer<String> refund(String oid, String amount, String reason) {
        return call(
                Operation.REFUND,
                "/merchant/refund/ref_ack_submit.jsp",
                fields("v_mid", account.merchantNumber(), "v_oid", oid)
                        .with("v_refamount", amount)
                        .with("v_refreason", reason)
                        .with("v_refoprt", account.operator())
                        .with(
                                "v_mac",
                                mac.of(account.merchantNumber(), oid, amount, account.operator())),
                null,
                root -> accepted(root, oid, amount));
    }

    /** Every refund of an order. */
    PayeaseAnswer<List<RefundRow>> refundsOf(String oid) {
        return call(
                Operation.REFUND_LIST,
                "/merchant/refund/ref_ack_oid_list_utf8.jsp",
                fields("v_mid", account.merchantNumber(), "v_oid", oid)
                        .with("v_version", LIST_VERSION)
                        .with("v_mac", mac.of(account.merchantNumber(), oid)),
                null,
                root -> refunds(root, oid));
    }

    /**
     * Every refund of a Beijing day.
     *
     * @param day eight digits
     */
    PayeaseAnswer<List<RefundRow>> refundsOn(String day) {
        return call(
                Operation.REFUND_DAY_LIST,
                "/merchant/refund/ref_ack_day_list_utf8.jsp",
                fields("v_mid", account.merchantNumber(), "v_ymd", day)
                        .with("v_version", LIST_VERSION)
                        .with("v_mac", mac.of(account.merchantNumber(), day)),
                null,
                root -> refunds(root, null));
    }

    private <T> PayeaseAnswer<T> call(
            Operation operation,
            String path,
            Fields fields,
            @Nullable Duration patience,
            Function<Element, PayeaseAnswer<T>> reader) {
        var answer =
                guard.around(
                        operation.name().toLowerCase(Locale.ROOT),
                        () -> send(path, fields, patience, reader),
                        PayeaseAnswer::isUsable,
                        PayeaseAnswer.NotSent<T>::new);
        if (!(answer instanceof PayeaseAnswer.Done)) {
            log.warn("Payease {} on account {}: {}", operation, account.id(), answer);
        }
        return answer;
    }

    private <T> PayeaseAnswer<T> send(
            String path,
            Fields fields,
            @Nullable Duration patience,
            Function<Element, PayeaseAnswer<T>> reader) {
        var form = new FormBody.Builder();
        fields.values.forEach(form::add);
        var sent = new AtomicBoolean();
        var request =
                new Request.Builder()
                        .url(account.endpoint(path))
                        .tag(AtomicBoolean.class, sent)
                        .post(form.build())
                        .build();
        var call = http.newCall(request);
        if (patience != null) {
            call.timeout().timeout(patience.toNanos(), java.util.concurrent.TimeUnit.NANOSECONDS);
        }
        try (var response = call.execute()) {
            return read(response, reader);
        } catch (IOException e) {
            // The kind of trouble only: messages may quote what was sent.
            var why = e.getClass().getSimpleName();
            return sent.get() ? new PayeaseAnswer.Unknown<>(why) : new PayeaseAnswer.NotSent<>(why);
        }
    }

    private static <T> PayeaseAnswer<T> read(
            Response response, Function<Element, PayeaseAnswer<T>> reader) throws IOException {
        if (response.code() != 200) {
            return new PayeaseAnswer.Unknown<>("HTTP " + response.code());
        }
        var body = response.body().byteStream().readNBytes(Xml.MOST_BYTES + 1);
        var root = Xml.parse(body).orElse(null);
        return root == null ? new PayeaseAnswer.Unknown<>("unreadable answer") : reader.apply(root);
    }

    /** From here on Payease may have heard of it. */
    private static Response noteThatItIsSent(Interceptor.Chain chain) throws IOException {
        var sent = chain.request().tag(AtomicBoolean.class);
        if (sent != null) {
            sent.set(true);
        }
        return chain.proceed(chain.request());
    }

    private PayeaseAnswer<OrderState> order(Element root, String oid) {
        var head = Xml.child(root, "messagehead").orElse(null);
        var trouble = this.<OrderState>trouble(head, oid);
        if (trouble != null) {
            return trouble;
        }
        var found = new ArrayList<OrderState>();
        for (var order : rows(root, "order")) {
            var state = state(order);
            if (state == null) {
                return new PayeaseAnswer.Unknown<>("an incomplete order");
            }
            if (!sign.covers(
                    text(order, "sign"),
                    state.oid(),
                    state.status(),
                    state.amount(),
                    state.moneyType())) {
                return new PayeaseAnswer.Unknown<>("wrong sign");
            }
            if (state.oid().equals(oid)) {
                found.add(state);
            }
        }
        return found.size() == 1
                ? new PayeaseAnswer.Done<>(found.getFirst())
                : new PayeaseAnswer.Unknown<>(
                        "an answer about %d such orders".formatted(found.size()));
    }

    private static @Nullable OrderState state(Element order) {
        var oid = Xml.text(order, "oid");
        var status = Xml.text(order, "pstatus");
        var amount = Xml.text(order, "amount");
        var moneyType = Xml.text(order, "moneytype");
        return oid == null || status == null || amount == null || moneyType == null
                ? null
                : new OrderState(
                        oid,
                        Xml.text(order, "pmode"),
                        status,
                        Xml.text(order, "pstring"),
                        amount,
                        moneyType,
                        Xml.text(order, "isvirement"));
    }

    private PayeaseAnswer<String> accepted(Element root, String oid, String amount) {
        var trouble = this.<String>trouble(root, oid);
        if (trouble != null) {
            return trouble;
        }
        var refundId = Xml.text(root, "refid");
        if (refundId == null || refundId.isEmpty() || !amount.equals(Xml.text(root, "refamount"))) {
            return new PayeaseAnswer.Unknown<>("an answer about another refund");
        }
        if (account.refundSigns() && !sign.covers(text(root, "sign"), oid, refundId, amount)) {
            return new PayeaseAnswer.Unknown<>("wrong sign");
        }
        return new PayeaseAnswer.Done<>(refundId);
    }

    /**
     * @param oid whose refunds they have to be; null for those of any order
     */
    private PayeaseAnswer<List<RefundRow>> refunds(Element root, @Nullable String oid) {
        var head = Xml.child(root, "messagehead").orElse(null);
        var trouble = this.<List<RefundRow>>trouble(head, oid);
        if (trouble != null) {
            return trouble;
        }
        if (Xml.child(root, "messagebody").isEmpty()) {
            return new PayeaseAnswer.Unknown<>("an answer without a list");
        }
        var rows = new ArrayList<RefundRow>();
        for (var element : rows(root, "refund")) {
            var row = row(element, oid);
            if (row == null) {
                return new PayeaseAnswer.Unknown<>("an incomplete refund");
            }
            if (account.refundSigns()
                    && !sign.covers(
                            text(element, "sign"),
                            row.oid(),
                            row.refundId(),
                            row.status(),
                            row.amount(),
                            row.moneyType())) {
                return new PayeaseAnswer.Unknown<>("wrong sign");
            }
            rows.add(row);
        }
        return new PayeaseAnswer.Done<>(rows);
    }

    private static @Nullable RefundRow row(Element element, @Nullable String ofOrder) {
        var oid = ofOrder == null ? Xml.text(element, "oid") : ofOrder;
        var refundId = Xml.text(element, "refid");
        var amount = Xml.text(element, "refamount");
        var moneyType = Xml.text(element, "refmoneytype");
        var status = Xml.text(element, "refstatus");
        return oid == null
                        || refundId == null
                        || Yuan.fen(amount) == null
                        || amount == null
                        || moneyType == null
                        || status == null
                ? null
                : new RefundRow(
                        oid,
                        refundId,
                        amount,
                        moneyType,
                        Xml.text(element, "refdate"),
                        status,
                        Xml.text(element, "refreason"));
    }

    /** Why the answer's head is not that of a success about this order; null when it is. */
    private <T> @Nullable PayeaseAnswer<T> trouble(@Nullable Element head, @Nullable String oid) {
        var status = head == null ? null : Xml.text(head, "status");
        if (head == null || status == null) {
            return new PayeaseAnswer.Unknown<>("an answer without a head");
        }
        var said = Xml.text(head, "statusdesc");
        var error = PayeaseError.of(said);
        if (error != null) {
            return error.meaning() == PayeaseError.Meaning.UNKNOWN
                    ? new PayeaseAnswer.Unknown<>(error.name())
                    : new PayeaseAnswer.Refused<>(error);
        }
        if (!status.equals("0")) {
            return new PayeaseAnswer.Unknown<>("an unfamiliar refusal");
        }
        if (!account.merchantNumber().equals(Xml.text(head, "mid"))
                || (oid != null && !oid.equals(Xml.text(head, "oid")))) {
            return new PayeaseAnswer.Unknown<>("an answer about something else");
        }
        return null;
    }

    private static List<Element> rows(Element root, String name) {
        return Xml.child(root, "messagebody")
                .map(body -> Xml.children(body, name))
                .orElse(List.of());
    }

    private static String text(Element parent, String name) {
        var text = Xml.text(parent, name);
        return text == null ? "" : text;
    }

    private static Fields fields(String name, String value, String name2, String value2) {
        return new Fields(new LinkedHashMap<>()).with(name, value).with(name2, value2);
    }

    private record Fields(Map<String, String> values) {

        Fields with(String name, String value) {
            values.put(name, value);
            return this;
        }
    }

    /** What we ask of Payease; each has its own breaker, so that a failing one stops no other. */
    enum Operation {
        QUERY,
        REFUND,
        REFUND_LIST,
        REFUND_DAY_LIST
    }
}
