package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.xml.Xml;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The calls one account makes to {@code gateway.do}. An answer is believed by its signature; what a
 * refusal says is not signed and counts as "nothing happened", never as a state of an order.
 */
final class AlipayClient {

    private static final Logger log = LoggerFactory.getLogger(AlipayClient.class);
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final long MOST_FILE_BYTES = 512L << 20;
    private static final int LONGEST_ERROR = 256;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

    /** Errors of the gateway that do not say whether the call had an effect. */
    private static final Set<String> TROUBLE =
            Set.of("SYSTEM_ERROR", "SYSTEM_EXCEPTION", "SESSION_TIMEOUT");

    private final AlipayProperties.Account account;
    private final AlipaySigner signer;
    private final CallGuard guard;
    private final CallGuard chargeGuard;
    private final OkHttpClient http;
    private final OkHttpClient once;
    private final OkHttpClient hurried;
    private final OkHttpClient forFiles;

    AlipayClient(
            AlipayProperties properties,
            AlipayProperties.Account account,
            AlipaySigner signer,
            CallGuard guard,
            CallGuard chargeGuard) {
        this.account = account;
        this.signer = signer;
        this.guard = guard;
        this.chargeGuard = chargeGuard;
        this.http =
                new OkHttpClient.Builder()
                        .connectTimeout(properties.connectTimeout())
                        .readTimeout(properties.readTimeout())
                        .writeTimeout(properties.readTimeout())
                        .callTimeout(properties.connectTimeout().plus(properties.readTimeout()))
                        .connectionPool(
                                new ConnectionPool(
                                        properties.maxConcurrentCalls(),
                                        KEEP_ALIVE.toMillis(),
                                        TimeUnit.MILLISECONDS))
                        .followRedirects(false)
                        .addNetworkInterceptor(chain -> {
                            var sent = chain.request().tag(AtomicBoolean.class);
                            if (sent != null) {
                                sent.set(true);
                            }
                            return chain.proceed(chain.request());
                        })
                        .build();
        // A charge uses the payer's code up: it is never sent a second time behind our back.
        this.once = http.newBuilder().retryOnConnectionFailure(false).build();
        this.hurried = http.newBuilder().callTimeout(Hurry.PATIENCE).build();
        this.forFiles =
                http.newBuilder()
                        .readTimeout(properties.fileTimeout())
                        .callTimeout(properties.fileTimeout())
                        .build();
    }

    /** How long a call may take. */
    enum Hurry {
        NO,
        /** Alipay itself is waiting for our answer meanwhile. */
        YES;

        static final Duration PATIENCE = Duration.ofMillis(2500);
    }

    /** What we ask of Alipay; each has its own breaker, so that a failing one stops no other. */
    enum Operation {
        PRECREATE("alipay.acquire.precreate"),
        QUERY("single_trade_query"),
        QUERY_IN_STORE("alipay.acquire.overseas.query"),
        CLOSE("alipay.acquire.close"),
        CANCEL("alipay.acquire.cancel"),
        SPOT_PAY("alipay.acquire.overseas.spot.pay"),
        REFUND("forex_refund"),
        REFUND_IN_STORE("alipay.acquire.overseas.spot.refund"),
        VERIFY("notify_verify"),
        RATES("forex_rate_file"),
        STATEMENT("forex_compare_file"),
        SETTLEMENT_FILE("forex_liquidation_file");

        private final String service;

        Operation(String service) {
            this.service = service;
        }

        boolean isInStore() {
            return service.startsWith("alipay.acquire.");
        }
    }

    AlipayAnswer call(Operation operation, Map<String, String> parameters) {
        return call(operation, parameters, Hurry.NO);
    }

    AlipayAnswer call(Operation operation, Map<String, String> parameters, Hurry hurry) {
        var answer =
                guarded(
                        operation,
                        () -> send(operation, parameters, hurry),
                        AlipayAnswer::isUsable,
                        AlipayAnswer.NotNow::new);
        if (!(answer instanceof AlipayAnswer.Told || answer instanceof AlipayAnswer.Bare)) {
            log.warn("Alipay {} on account {}: {}", operation, account.id(), answer);
        }
        return answer;
    }

    /** The address that begins an order in the payer's browser. */
    String signedUrl(String service, Map<String, String> parameters) {
        return account.onlineGateway()
                + "?"
                + AlipayForm.encode(signed(service, parameters), signer.charset());
    }

    /** Whether a notification with that id did come from Alipay; null when it does not say. */
    @Nullable Boolean sentNotification(String notifyId) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("service", Operation.VERIFY.service);
        parameters.put("partner", account.partner());
        parameters.put("notify_id", notifyId);
        var url = account.onlineGateway() + "?" + AlipayForm.encode(parameters, signer.charset());
        return this.<VerifyAnswer>guarded(
                        Operation.VERIFY,
                        () -> {
                            try (var response = hurried.newCall(get(url)).execute()) {
                                return VerifyAnswer.of(response.code(), beginning(response));
                            } catch (IOException _) {
                                return new VerifyAnswer(null);
                            }
                        },
                        answer -> answer.genuine() != null,
                        _ -> new VerifyAnswer(null))
                .genuine();
    }

    private record VerifyAnswer(@Nullable Boolean genuine) {

        static VerifyAnswer of(int status, String text) {
            return new VerifyAnswer(
                    status != 200
                            ? null
                            : switch (text.strip()) {
                                case "true" -> Boolean.TRUE;
                                case "false", "invalid" -> Boolean.FALSE;
                                default -> null;
                            });
        }
    }

    /** What asking for a file came to. */
    sealed interface FileAnswer {

        /** All lines are in the sink. */
        record Complete(String sha256, long bytes) implements FileAnswer {}

        /** Alipay's own words, of which the sheet knows a list. */
        record Refused(String words) implements FileAnswer {}

        record Unknown(String why) implements FileAnswer {}
    }

    /**
     * Streams a text file. Files have no signature; errors come as XML or as a line of plain text.
     *
     * @throws UncheckedIOException when the sink fails
     */
    FileAnswer file(Operation operation, Map<String, String> parameters, OutputStream sink) {
        var answer =
                this.<FileAnswer>guarded(
                        operation,
                        () -> download(operation, parameters, sink),
                        got -> !(got instanceof FileAnswer.Unknown),
                        FileAnswer.Unknown::new);
        if (!(answer instanceof FileAnswer.Complete)) {
            log.warn("Alipay {} on account {}: {}", operation, account.id(), answer);
        }
        return answer;
    }

    private FileAnswer download(
            Operation operation, Map<String, String> parameters, OutputStream sink) {
        var request = get(signedUrl(operation.service, parameters));
        try (var response = forFiles.newCall(request).execute()) {
            if (response.code() != 200) {
                return new FileAnswer.Unknown("HTTP " + response.code());
            }
            var source = response.body().source();
            var beginning = peek(source);
            if (beginning.startsWith("<")) {
                return switch (read(bytes(response))) {
                    case AlipayAnswer.Refused(var code) -> new FileAnswer.Refused(code);
                    case AlipayAnswer.Unknown(var why) -> new FileAnswer.Unknown(why);
                    default -> new FileAnswer.Unknown("XML in place of a file");
                };
            }
            var firstLine = beginning.lines().findFirst().orElse("").strip();
            if (firstLine.isEmpty() || firstLine.indexOf('|') < 0) {
                return new FileAnswer.Refused(firstLine);
            }
            return copy(source, sink);
        } catch (IOException e) {
            return new FileAnswer.Unknown(e.getClass().getSimpleName());
        }
    }

    private static FileAnswer copy(BufferedSource source, OutputStream sink) throws IOException {
        var digest = sha256();
        var buffer = new byte[16 * 1024];
        long total = 0;
        for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
            total += read;
            if (total > MOST_FILE_BYTES) {
                return new FileAnswer.Unknown("larger than " + MOST_FILE_BYTES + " bytes");
            }
            digest.update(buffer, 0, read);
            try {
                sink.write(buffer, 0, read);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new FileAnswer.Complete(HexFormat.of().formatHex(digest.digest()), total);
    }

    private AlipayAnswer send(Operation operation, Map<String, String> parameters, Hurry hurry) {
        var sent = new AtomicBoolean();
        var request = request(operation, parameters, sent);
        var client = hurry == Hurry.YES ? hurried : operation == Operation.SPOT_PAY ? once : http;
        try (var response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                return new AlipayAnswer.Unknown("HTTP " + response.code());
            }
            return read(bytes(response));
        } catch (IOException e) {
            var why = e.getClass().getSimpleName();
            return sent.get() ? new AlipayAnswer.Unknown(why) : new AlipayAnswer.NotNow(why);
        }
    }

    /** The charset goes into the address and not into the form, yet belongs to what is signed. */
    private Request request(
            Operation operation, Map<String, String> parameters, AtomicBoolean sent) {
        var form = new LinkedHashMap<>(signed(operation.service, parameters));
        form.remove("_input_charset");
        URI gateway = operation.isInStore() ? account.inStoreGateway() : account.onlineGateway();
        return new Request.Builder()
                .url(HttpUrl.get(gateway + "?_input_charset=" + account.charset()))
                .tag(AtomicBoolean.class, sent)
                .post(
                        RequestBody.create(
                                AlipayForm.encode(form, signer.charset())
                                        .getBytes(StandardCharsets.US_ASCII),
                                FORM))
                .build();
    }

    private Map<String, String> signed(String service, Map<String, String> parameters) {
        var all = new LinkedHashMap<String, String>();
        all.put("service", service);
        all.put("partner", account.partner());
        all.put("_input_charset", account.charset());
        all.putAll(parameters);
        all.put("sign", signer.sign(all));
        all.put("sign_type", signer.type().name());
        return all;
    }

    private AlipayAnswer read(byte[] bytes) {
        var root = Xml.parse(bytes).orElse(null);
        var head = root == null ? null : children(root);
        if (root == null || head == null || !root.getTagName().equals("alipay")) {
            return new AlipayAnswer.Unknown("an answer of another kind");
        }
        return switch (text(head, "is_success")) {
            case "T" -> success(head);
            case "F" -> refusal(printable(text(head, "error")));
            default -> new AlipayAnswer.Unknown("neither success nor failure");
        };
    }

    private static AlipayAnswer refusal(String code) {
        return code.isEmpty() || TROUBLE.contains(code)
                ? new AlipayAnswer.Unknown(code)
                : new AlipayAnswer.Refused(code);
    }

    private AlipayAnswer success(Map<String, Element> head) {
        var sign = text(head, "sign");
        var response = head.get("response");
        if (response == null && sign.isEmpty()) {
            return new AlipayAnswer.Bare();
        }
        var wrapper = response == null ? null : children(response);
        if (wrapper == null || wrapper.size() != 1) {
            return new AlipayAnswer.Unknown("a response of another kind");
        }
        var elements = children(wrapper.values().iterator().next());
        if (elements == null) {
            return new AlipayAnswer.Unknown("a field twice");
        }
        if (sign.isEmpty()) {
            return new AlipayAnswer.Unknown("unsigned answer");
        }
        var fields = new HashMap<String, String>();
        elements.forEach((name, element) -> fields.put(name, element.getTextContent()));
        if (!text(head, "sign_type").equals(signer.type().name()) || !signer.verify(fields, sign)) {
            return new AlipayAnswer.Unknown("wrong signature");
        }
        return new AlipayAnswer.Told(Map.copyOf(fields));
    }

    /** By name; null when a name stands there twice, because then nobody knows what was meant. */
    private static @Nullable Map<String, Element> children(Element parent) {
        var children = new LinkedHashMap<String, Element>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && children.put(element.getTagName(), element) != null) {
                return null;
            }
        }
        return children;
    }

    private static String text(Map<String, Element> elements, String name) {
        var element = elements.get(name);
        return element == null ? "" : element.getTextContent().strip();
    }

    private static byte[] bytes(Response response) throws IOException {
        var source = response.body().source();
        if (source.request(Xml.MOST_BYTES + 1L)) {
            throw new IOException("an answer beyond the limit");
        }
        return source.readByteArray();
    }

    private static String beginning(Response response) throws IOException {
        return peek(response.body().source());
    }

    private static String peek(BufferedSource source) throws IOException {
        var peeked = source.peek();
        peeked.request(LONGEST_ERROR);
        return peeked.readString(
                Math.min(LONGEST_ERROR, peeked.getBuffer().size()), StandardCharsets.ISO_8859_1);
    }

    private static Request get(String url) {
        return new Request.Builder().url(HttpUrl.get(url)).build();
    }

    private <T> T guarded(
            Operation operation,
            Supplier<T> call,
            Predicate<T> usable,
            Function<String, T> notNow) {
        var its = operation == Operation.SPOT_PAY ? chargeGuard : guard;
        return its.around(operation.name().toLowerCase(Locale.ROOT), call, usable, notNow);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Alipay's codes are capitals and underscores; whatever else comes must not reach a log. */
    static String printable(String code) {
        var clean = code.strip().replaceAll("[^A-Za-z0-9_]", "?");
        return clean.length() <= 64 ? clean : clean.substring(0, 64);
    }
}
