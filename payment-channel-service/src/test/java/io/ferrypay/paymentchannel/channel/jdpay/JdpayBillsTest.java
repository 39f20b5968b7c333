package io.ferrypay.paymentchannel.channel.jdpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdpayBillsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final byte[] ZIP = zip();

    @TempDir Path files;
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
    private PretendJdpay jd;
    private JdpayChannel channel;

    @BeforeEach
    void open() throws IOException {
        jd = new PretendJdpay(files);
        channel = jd.channel();
    }

    @AfterEach
    void close() {
        jd.close();
    }

    private static byte[] zip() {
        var bytes = new byte[200_000];
        bytes[0] = 'P';
        bytes[1] = 'K';
        return bytes;
    }

    @Test
    void a_bill_is_asked_for_by_an_md5_and_streamed_as_it_is() throws Exception {
        jd.server.enqueue(file("0000", ZIP));

        var answer = channel.statement("jdpay-test", DAY, sink);

        var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ZIP));
        assertThat(answer)
                .isEqualTo(
                        new StatementAnswer.Complete(
                                "jdpay-zip-gbk-csv", sha256, ZIP.length, false));
        assertThat(sink.toByteArray()).isEqualTo(ZIP);
        var asked = HttpUrl.get("http://localhost" + jd.server.takeRequest().getTarget());
        assertThat(asked.encodedPath()).isEqualTo("/jdpay/api/download.do");
        assertThat(asked.queryParameter("owner")).isEqualTo("110148035");
        var data = String.valueOf(asked.queryParameter("data"));
        assertThat(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"name\":\"20261123bankreturn_110148035005.zip\",\"path\":\"0001/0002\"}");
        assertThat(asked.queryParameter("md5"))
                .isEqualTo(
                        HexFormat.of()
                                .formatHex(
                                        MessageDigest.getInstance("MD5")
                                                .digest(
                                                        (data + "test")
                                                                .getBytes(
                                                                        StandardCharsets.UTF_8))));
    }

    @Test
    void a_bill_that_is_not_there_yet_is_not_an_empty_one() throws Exception {
        jd.server.enqueue(file("0010", new byte[0]));

        assertThat(channel.statement("jdpay-test", DAY, sink))
                .isEqualTo(new StatementAnswer.NotReady());
    }

    @Test
    void a_day_that_has_not_ended_in_beijing_is_not_asked_for() throws Exception {
        assertThat(channel.statement("jdpay-test", LocalDate.of(2026, 11, 24), sink))
                .isEqualTo(new StatementAnswer.NotReady());
        assertThat(channel.statement("jdpay-test", LocalDate.of(2026, 11, 25), sink))
                .isEqualTo(new StatementAnswer.OutOfRange("FUTURE"));
        assertThat(jd.server.getRequestCount()).isZero();
    }

    @Test
    void whatever_else_comes_is_unknown() throws Exception {
        jd.server.enqueue(file("0099", new byte[0]));
        jd.server.enqueue(new MockResponse.Builder().code(500).build());
        jd.server.enqueue(new MockResponse.Builder().body("<html>").build());
        jd.server.enqueue(file("0000", "<html>sorry".getBytes(StandardCharsets.US_ASCII)));
        jd.server.enqueue(file("0000", new byte[0]));
        jd.server.enqueue(
                file("0000", ZIP)
                        .newBuilder()
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());

        for (int i = 0; i < 6; i++) {
            assertThat(channel.statement("jdpay-test", DAY, sink))
                    .isInstanceOf(StatementAnswer.Unknown.class);
        }
    }

    @Test
    void our_own_disks_trouble_is_not_jds() {
        jd.server.enqueue(file("0000", ZIP));

        assertThatThrownBy(() -> channel.statement("jdpay-test", DAY, new FullDisk()))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    private static MockResponse file(String code, byte[] body) {
        return new MockResponse.Builder()
                .setHeader("Return-Code", code)
                .body(new Buffer().write(body))
                .build();
    }

    private static final class FullDisk extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            throw new IOException("disk full");
        }
    }
}
