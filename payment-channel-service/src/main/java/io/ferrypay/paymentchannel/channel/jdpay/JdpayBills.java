package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JD's bills: a ZIP of CSV files in GBK, amounts in yuan. JD vouches for none of it with a hash or
 * a signature.
 */
final class JdpayBills {

    static final String FORMAT = "jdpay-zip-gbk-csv";

    private static final Logger log = LoggerFactory.getLogger(JdpayBills.class);
    private static final String FILE_FOLLOWS = "0000";
    private static final int PIECE = 64 * 1024;
    private static final long MAX_BYTES = 1L << 30;

    private final JdpayProperties.Account account;
    private final String md5Key;
    private final OkHttpClient http;

    JdpayBills(JdpayProperties.Account account, String md5Key, OkHttpClient http) {
        this.account = account;
        this.md5Key = md5Key;
        this.http = http;
    }

    /**
     * @param day which Beijing day the bill is about
     * @param today the Beijing day that it is now
     */
    StatementAnswer download(LocalDate day, LocalDate today, OutputStream sink) throws IOException {
        if (day.isAfter(today)) {
            return new StatementAnswer.OutOfRange("FUTURE");
        }
        if (day.isEqual(today)) {
            return new StatementAnswer.NotReady(); // A day has to end first.
        }
        var request = new Request.Builder().url(address(day)).build();
        StatementAnswer answer;
        try (var response = http.newCall(request).execute()) {
            var code = response.header("Return-Code");
            if (response.code() != 200 || code == null) {
                answer = new StatementAnswer.Unknown("HTTP " + response.code());
            } else if (account.billNotReadyCodes().contains(code)) {
                return new StatementAnswer.NotReady();
            } else if (!code.equals(FILE_FOLLOWS)) {
                answer =
                        new StatementAnswer.Unknown(
                                "Return-Code " + code.replaceAll("[^A-Za-z0-9_.-]", "?"));
            } else {
                answer = copy(response.body().byteStream(), sink);
            }
        } catch (SinkFailed e) {
            throw e.reason();
        } catch (IOException e) {
            answer = new StatementAnswer.Unknown(e.getClass().getSimpleName());
        }
        if (!(answer instanceof StatementAnswer.Complete)) {
            log.warn("JD Pay bill of {} on account {}: {}", day, account.id(), answer);
        }
        return answer;
    }

    private HttpUrl address(LocalDate day) {
        var name =
                DateTimeFormatter.BASIC_ISO_DATE.format(day.plusDays(account.billDayOffset()))
                        + account.billKind()
                        + "_"
                        + account.merchant()
                        + ".zip";
        var path = account.billKind().equals("ordercreate") ? "0001/0001" : "0001/0002";
        var json = "{\"name\":\"%s\",\"path\":\"%s\"}".formatted(name, path);
        var data = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        return HttpUrl.get(account.billDownload())
                .newBuilder()
                .addQueryParameter("owner", account.billOwner())
                .addQueryParameter("data", data)
                .addQueryParameter("md5", md5(data + md5Key))
                .build();
    }

    private static StatementAnswer copy(InputStream body, OutputStream sink) throws IOException {
        var sha256 = digest("SHA-256");
        var start = body.readNBytes(2);
        if (start.length < 2 || start[0] != 'P' || start[1] != 'K') {
            return new StatementAnswer.Unknown("not a ZIP file");
        }
        write(sink, start, 2);
        sha256.update(start);
        long bytes = 2;
        var piece = new byte[PIECE];
        for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
            bytes += read;
            if (bytes > MAX_BYTES) {
                return new StatementAnswer.Unknown("larger than " + MAX_BYTES + " bytes");
            }
            write(sink, piece, read);
            sha256.update(piece, 0, read);
        }
        return new StatementAnswer.Complete(
                FORMAT, HexFormat.of().formatHex(sha256.digest()), bytes, false);
    }

    private static void write(OutputStream sink, byte[] piece, int length) throws IOException {
        try {
            sink.write(piece, 0, length);
        } catch (IOException e) {
            throw new SinkFailed(e);
        }
    }

    private static String md5(String text) {
        return HexFormat.of()
                .formatHex(digest("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Our own disk's trouble, which must not look like JD's. */
    private static final class SinkFailed extends IOException {

        private final IOException reason;

        SinkFailed(IOException reason) {
            super(reason);
            this.reason = reason;
        }

        IOException reason() {
            return reason;
        }
    }
}
