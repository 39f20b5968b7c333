package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.auth.Credential;
import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Fetches a day's file of all our merchants. The SDK cannot: here WeChat signs not the body but the
 * literal text <code>{"sha1":"…"}</code>, and the body has to have that SHA-1, which also lets us
 * pass it on while it arrives.
 */
final class WechatStatements {

    static final String FORMAT = "wechat-global-csv";

    private static final Logger log = LoggerFactory.getLogger(WechatStatements.class);
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /** From then on, on the day after, a file that is not there will not come. */
    private static final LocalTime COMPLETE_AT = LocalTime.of(10, 0);

    private static final int DAYS_KEPT = 180;
    private static final int MAX_ERROR_BYTES = 64 * 1024;
    private static final long MAX_FILE_BYTES = 8L << 30;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final WechatProperties.Account account;
    private final Credential credential;
    private final PlatformKeys keys;
    private final OkHttpClient http;
    private final CallGuard guard;
    private final Clock clock;

    /**
     * @param http lets an answer be as long, and take as long, as a statement does
     */
    WechatStatements(
            WechatProperties.Account account,
            Credential credential,
            PlatformKeys keys,
            OkHttpClient http,
            CallGuard guard,
            Clock clock) {
        this.account = account;
        this.credential = credential;
        this.keys = keys;
        this.http = http;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * @throws IOException when the sink fails; what WeChat or the network does is an answer
     */
    StatementAnswer fetch(LocalDate day, OutputStream sink) throws IOException {
        var today = LocalDate.ofInstant(clock.instant(), BEIJING);
        if (day.isAfter(today)) {
            return new StatementAnswer.OutOfRange("in_the_future");
        }
        if (day.equals(today)) {
            return new StatementAnswer.NotReady();
        }
        if (day.isBefore(today.minusDays(DAYS_KEPT))) {
            return new StatementAnswer.OutOfRange("too_old");
        }
        var broken = new SinkFailure[1];
        var answer =
                guard.around(
                        "statement",
                        () -> {
                            try {
                                return ask(day, sink);
                            } catch (SinkFailure e) {
                                broken[0] = e;
                                return new StatementAnswer.Unknown("the sink failed");
                            }
                        },
                        given -> !(given instanceof StatementAnswer.Unknown) || broken[0] != null,
                        StatementAnswer.Unknown::new);
        if (broken[0] != null) {
            throw broken[0].cause();
        }
        if (answer instanceof StatementAnswer.Forged || answer instanceof StatementAnswer.Unknown) {
            log.warn("WeChat Pay statement {} of account {}: {}", day, account.id(), answer);
        }
        return answer;
    }

    private StatementAnswer ask(LocalDate day, OutputStream sink) throws SinkFailure {
        var address =
                account.endpoint(
                        "/v3/global/statements?date=%s&sp_mchid=%s"
                                .formatted(DAY.format(day), account.spMchid()));
        var request =
                new Request.Builder()
                        .url(address.toString())
                        .header("Authorization", credential.getAuthorization(address, "GET", ""))
                        .header("Accept", "application/json, text/plain, */*")
                        .header("User-Agent", "FerryPay")
                        .build(); // OkHttp asks for gzip by itself, and unpacks it as it comes.
        try (var response = http.newCall(request).execute()) {
            return response.code() == 200
                    ? take(response, sink)
                    : refused(day, response.code(), errorCode(response));
        } catch (PlatformKeyUnavailable e) {
            return new StatementAnswer.Unknown("no platform certificate");
        } catch (IOException e) {
            return new StatementAnswer.Unknown(e.getClass().getSimpleName());
        }
    }

    private StatementAnswer take(Response response, OutputStream sink)
            throws IOException, SinkFailure {
        var sha1 = response.header("Wechatpay-Statement-Sha1");
        if (sha1 == null || !sha1.matches("[0-9A-Fa-f]{40}")) {
            return new StatementAnswer.Forged("no SHA-1");
        }
        var doubt = doubt(response, sha1);
        if (doubt != null) {
            return doubt;
        }
        var sums = new Sums();
        var buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (var body = response.body().byteStream()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
                if (bytes > MAX_FILE_BYTES) {
                    return new StatementAnswer.Unknown("larger than " + MAX_FILE_BYTES + " bytes");
                }
                sums.add(buffer, read);
                write(sink, buffer, read);
            }
        }
        return sums.sha1().equals(sha1.toLowerCase(Locale.ROOT))
                ? new StatementAnswer.Complete(FORMAT, sums.sha256(), bytes, true)
                : new StatementAnswer.Forged("the file has another SHA-1");
    }

    /** Why the headers do not vouch for a file of that SHA-1, or null when they do. */
    private @Nullable StatementAnswer doubt(Response response, String sha1) {
        var serial = response.header("Wechatpay-Serial");
        var timestamp = response.header("Wechatpay-Timestamp");
        var nonce = response.header("Wechatpay-Nonce");
        var signature = response.header("Wechatpay-Signature");
        if (serial == null || timestamp == null || nonce == null || signature == null) {
            return new StatementAnswer.Forged("not signed");
        }
        if (!isFresh(timestamp)) {
            return new StatementAnswer.Forged("signed at another time");
        }
        var signed = ("{\"sha1\":\"" + sha1 + "\"}").getBytes(StandardCharsets.US_ASCII);
        return switch (keys.check(serial, timestamp, nonce, signed, signature)) {
            case VALID -> null;
            case BAD_SIGNATURE -> new StatementAnswer.Forged("wrong signature");
            // Perhaps WeChat's newest certificate, which we could not fetch just now.
            case UNKNOWN_SERIAL -> new StatementAnswer.Unknown("unknown serial");
        };
    }

    private boolean isFresh(String timestamp) {
        return timestamp.matches("[0-9]{1,12}")
                && Duration.between(
                                        Instant.ofEpochSecond(Long.parseLong(timestamp)),
                                        clock.instant())
                                .abs()
                                .compareTo(NotificationReader.FRESH_FOR)
                        <= 0;
    }

    private StatementAnswer refused(LocalDate day, int status, @Nullable String code) {
        var error = WechatError.of(code);
        return switch (error) {
            case NO_STATEMENT_EXIST ->
                    isComplete(day)
                            ? new StatementAnswer.EmptyDay()
                            : new StatementAnswer.NotReady();
            case STATEMENT_CREATING -> new StatementAnswer.NotReady();
            // The only parameter that is not always the same is the date.
            case PARAM_ERROR -> new StatementAnswer.OutOfRange(error.name());
            case null -> new StatementAnswer.Unknown("HTTP " + status);
            default -> new StatementAnswer.Unknown(error.name());
        };
    }

    /** WeChat says the same of a day without payments and of a file it has not made yet. */
    private boolean isComplete(LocalDate day) {
        var completeAt = day.plusDays(1).atTime(COMPLETE_AT).toInstant(BEIJING);
        return !clock.instant().isBefore(completeAt);
    }

    private static @Nullable String errorCode(Response response) throws IOException {
        var body = response.body().byteStream().readNBytes(MAX_ERROR_BYTES);
        try {
            return WechatJson.MAPPER.readTree(body).path("code").asString("");
        } catch (JacksonException e) {
            return null;
        }
    }

    private static void write(OutputStream sink, byte[] buffer, int length) throws SinkFailure {
        try {
            sink.write(buffer, 0, length);
        } catch (IOException e) {
            throw new SinkFailure(e);
        }
    }

    /** Ours, not WeChat's. */
    private static final class SinkFailure extends Exception {

        private final IOException cause;

        SinkFailure(IOException cause) {
            super(cause);
            this.cause = cause;
        }

        IOException cause() {
            return cause;
        }
    }

    private static final class Sums {

        private final MessageDigest sha1 = digest("SHA-1");
        private final MessageDigest sha256 = digest("SHA-256");

        void add(byte[] buffer, int length) {
            sha1.update(buffer, 0, length);
            sha256.update(buffer, 0, length);
        }

        String sha1() {
            return HexFormat.of().formatHex(sha1.digest());
        }

        String sha256() {
            return HexFormat.of().formatHex(sha256.digest());
        }

        private static MessageDigest digest(String algorithm) {
            try {
                return MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
