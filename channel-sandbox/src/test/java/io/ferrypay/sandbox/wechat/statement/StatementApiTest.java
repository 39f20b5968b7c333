package io.ferrypay.sandbox.wechat.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatementApiTest extends WireTest {

    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalDate today = LocalDate.ofInstant(Instant.now(), BEIJING);

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void a_charged_code_is_in_the_file_unless_it_was_taken_back() throws Exception {
        var kept = charged();
        var reversed = charged();
        institution.post(
                "/v3/global/micropay/transactions/out-trade-no/" + reversed + "/reverse",
                Map.of("sp_mchid", Institution.MCHID, "sub_mchid", Institution.SHOP));
        tomorrowAt(10, 0);

        var lines = lines(fetch(today, false).body());

        assertThat(lines).hasSize(2);
        var payment = lines.get(1).substring(1).split(",`", -1);
        assertThat(payment[6]).isEqualTo(kept);
        assertThat(payment[8]).isEqualTo("MICROPAY");
        assertThat(payment[9]).isEqualTo("SUCCESS");
        assertThat(payment[24]).isEqualTo("120.00");
    }

    private String charged() {
        var number = number();
        var order = Institution.order(number, "");
        order.remove("notify_url");
        order.put("trade_type", "MICROPAY");
        order.put(
                "payer",
                Map.of(
                        "auth_code",
                        command("/control/wechat/pay-codes", "{}").path("pay_code").stringValue()));
        institution.post("/v3/global/micropay/transactions/pay", order);
        return number;
    }

    @Test
    void a_file_tells_of_payments_and_refunds_and_is_vouched_for() throws Exception {
        var number = paid();
        var refund = "R1" + number;
        institution.post(
                "/v3/global/refunds", Institution.refund(number, refund, 300, notifyUrl()));
        tomorrowAt(10, 0);

        var answer = fetch(today, false);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertVouchedFor(answer, answer.body());
        var lines = lines(answer.body());
        assertThat(lines.getFirst()).startsWith("\ufeff交易时间,公众账号ID,").endsWith(",优惠券退款金额");
        assertThat(lines.getFirst().split(",")).hasSize(38);
        assertThat(lines).hasSize(3);
        var payment = lines.get(1).substring(1).split(",`", -1);
        assertThat(payment).hasSize(38);
        assertThat(payment[6]).isEqualTo(number);
        assertThat(payment[9]).isEqualTo("SUCCESS");
        assertThat(payment[21]).isEqualTo("2.40");
        assertThat(payment[23]).isEqualTo("NZD");
        assertThat(payment[24]).isEqualTo("120.00");
        assertThat(payment[26]).isEqualTo("557.40");
        assertThat(payment[28]).isEqualTo("120.00");
        var back = lines.get(2).substring(1).split(",`", -1);
        assertThat(back[9]).isEqualTo("REFUND");
        assertThat(back[16]).isEqualTo(refund);
        assertThat(back[31]).isEqualTo("3.00");
        assertThat(back[33]).isEqualTo("13.94");
    }

    @Test
    void it_can_travel_compressed() throws Exception {
        paid();
        tomorrowAt(10, 0);

        var answer = fetch(today, true);

        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        byte[] unpacked;
        try (var gzip = new GZIPInputStream(new java.io.ByteArrayInputStream(answer.body()))) {
            unpacked = gzip.readAllBytes();
        }
        assertVouchedFor(answer, unpacked);
    }

    @Test
    void it_is_made_between_nine_and_ten_in_beijing() throws Exception {
        paid();

        assertThat(refusal(today)).contains("NO_STATEMENT_EXIST");
        tomorrowAt(8, 59);
        assertThat(refusal(today)).contains("NO_STATEMENT_EXIST");
        tomorrowAt(9, 30);
        assertThat(refusal(today)).contains("STATEMENT_CREATING");
        tomorrowAt(10, 0);
        assertThat(refusal(today.minusDays(5))).contains("NO_STATEMENT_EXIST");
        assertThat(refusal(today.minusDays(190))).contains("PARAM_ERROR");
    }

    @Test
    void lines_can_be_missing_extra_or_wrong() throws Exception {
        var missing = paid();
        var wrong = paid();
        tomorrowAt(10, 0);
        command(
                "/control/wechat/statements",
                """
                {"edits":[{"kind":"MISSING","out_trade_no":"%s"},{"kind":"AMOUNT","out_trade_no":"%s"},
                          {"kind":"EXTRA","out_trade_no":"NOBODYPLACEDTHIS"}]}
                """
                        .formatted(missing, wrong));

        var text = new String(fetch(today, false).body(), StandardCharsets.UTF_8);

        assertThat(text)
                .doesNotContain(missing)
                .contains("`NOBODYPLACEDTHIS,")
                .contains(",`NZD,`120.01,");
    }

    @Test
    void units_and_tail_can_be_those_of_other_files() throws Exception {
        paid();
        tomorrowAt(10, 0);
        command("/control/wechat/statements", "{\"minor_units\":true,\"summary\":true}");

        var lines = lines(fetch(today, false).body());

        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).contains(",`NZD,`12000,");
        assertThat(lines.get(2)).startsWith("总交易单数,");
        assertThat(lines.get(3)).startsWith("`1,");
    }

    @Test
    void what_is_vouched_for_can_be_wrong() throws Exception {
        paid();
        tomorrowAt(10, 0);
        command("/control/wechat/statements", "{\"wrong_sha1\":true}");
        var other = fetch(today, false);
        assertThat(other.headers().firstValue("Wechatpay-Statement-Sha1"))
                .isPresent()
                .get()
                .isNotEqualTo(sha1(other.body()));

        faults("{\"api\":{\"statement\":{\"unsigned\":1}}}");
        assertThat(fetch(today, false).headers().firstValue("Wechatpay-Signature")).isEmpty();
    }

    private void tomorrowAt(int hour, int minute) {
        var then = today.plusDays(1).atTime(LocalTime.of(hour, minute)).toInstant(BEIJING);
        command(
                "/control/clock",
                "{\"offset_seconds\":%d}"
                        .formatted(then.getEpochSecond() - Instant.now().getEpochSecond() + 1));
    }

    private String refusal(LocalDate day) throws Exception {
        var answer = fetch(day, false);
        assertThat(answer.statusCode()).isEqualTo(400);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> fetch(LocalDate day, boolean gzip) throws Exception {
        var uri =
                URI.create(
                        "http://127.0.0.1:%d/v3/global/statements?date=%s&sp_mchid=%s"
                                .formatted(
                                        port,
                                        DateTimeFormatter.BASIC_ISO_DATE.format(day),
                                        Institution.MCHID));
        var request =
                HttpRequest.newBuilder(uri)
                        .header("Authorization", institution.authorization(uri, "GET", ""))
                        .header("Accept", "*/*");
        if (gzip) {
            request.header("Accept-Encoding", "gzip");
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void assertVouchedFor(HttpResponse<byte[]> answer, byte[] file)
            throws Exception {
        var headers = answer.headers();
        var sha1 = headers.firstValue("Wechatpay-Statement-Sha1").orElseThrow();
        assertThat(sha1).isEqualTo(sha1(file));
        var signature = Signature.getInstance("SHA256withRSA");
        try (var pem = Files.newInputStream(KEYS.resolve("platform-cert.pem"))) {
            signature.initVerify(CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        signature.update(
                "%s\n%s\n{\"sha1\":\"%s\"}\n"
                        .formatted(
                                headers.firstValue("Wechatpay-Timestamp").orElseThrow(),
                                headers.firstValue("Wechatpay-Nonce").orElseThrow(),
                                sha1)
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(
                        signature.verify(
                                Base64.getDecoder()
                                        .decode(
                                                headers.firstValue("Wechatpay-Signature")
                                                        .orElseThrow())))
                .isTrue();
    }

    private static String sha1(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    }

    private static List<String> lines(byte[] file) {
        return Arrays.asList(new String(file, StandardCharsets.UTF_8).split("\r\n"));
    }
}
