package io.ferrypay.reconcile.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.reconcile.convert.Conversion.Converted;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is in a file, reading it ends, in bounded memory, with every line accounted for. */
class FuzzTest {

    private static final int ROUNDS = 1_500;
    private static final Charset GBK = Charset.forName("GBK");
    private static final String WECHAT_HEADINGS =
            "交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,充值券币种,充值券金额,优惠券币种,优惠券金额,微信退款单号,商户退款单号,退款类型,退款状态,商品名称,商户数据包,手续费,费率,标价币种,订单金额(标价币种),用户支付币种,用户支付金额,结算币种,应结订单金额,支付汇率,退款汇率,申请退款金额,用户退款币种,用户退款金额,退款结算币种,退款应结订单金额,充值券退款金额,优惠券退款金额\r\n";
    private static final String WECHAT_LINE =
            "`2026-11-24 23:59:59,`wx1,`1900000100,`1900000200,`,`4200001,`FP0001,`openid,`NATIVE,`SUCCESS,`OTHERS,`,`0.00,`,`0.00,`,`,`,`,`茶,`,`0.18,`2.00%,`NZD,`8.88,`CNY,`39.99,`NZD,`8.88,`450337837,`,`0.00,`,`0.00,`,`0.00,`0.00,`0.00\r\n";

    private static String sample(StatementFormat format) {
        return switch (format) {
            case WECHAT_GLOBAL -> WECHAT_HEADINGS + WECHAT_LINE.repeat(4);
            case ALIPAY_COMPARE -> "FP0001|120.00|NZD|20261124233000||P|1.20|P|茶\n".repeat(5);
            case ALIPAY_FPTRADE ->
                    "Partner_transaction_id,Amount,Rmb_amount,Currency,Fee,Rate,Payment_time,Settlement_time,Type,Status,Remarks\n"
                            + "FP0001,120.00,540.41,NZD,1.20,4.50341666,2026-11-24 23:30:00,,P,P,\"茶,\"\n"
                                    .repeat(5);
            case ALIPAY_TRANSACTION ->
                    "Partner|Payment_time|Total_count\n2088|2026-11-24|5\nPartner_transaction_id|Transaction_id|Transaction_amount|Charge_amount|Currency|Payment_time|Transaction_type|Remark\n"
                            + "FP0001|2026112421|120.00|1.20|NZD|2026-11-24 23:30:00|PAYMENT|茶\n"
                                    .repeat(5);
            case ALIPAY_SETTLE ->
                    "Partner_transaction_id,Transaction_id,Amount,Fee,Settlement,Currency,Rate,Payment_time,Settlement_time,Type,Status\n"
                            + "FP0001,2026112421,120.00,1.20,118.80,NZD,4.5,2026-11-24 23:30:00,2026-11-25 09:00:00,P,L\n"
                                    .repeat(5);
            case ALIPAY_TRANSACTION_ITEMS ->
                    "transactionId,originalTransactionId,transactionRequestId,transactionType,paymentTime,transactionAmountValue,transactionCurrency\n"
                            + "2026112421,,FP0001,PAYMENT,2026-11-24T23:30:00+08:00,12000,NZD\n"
                                    .repeat(5)
                            + "<END>\n";
            case JDPAY_ZIP ->
                    "商户订单号,京东交易号,交易金额,支付方式,业务类型,交易状态,退款金额,备用,交易时间,完成时间,退款单号,手续费,账户名称,备用2,备注,备用3,银行名称,第三方流水号\r\n"
                            + "=\"FP0001\",=\"2026112400\",120.00,银行卡支付,消费,成功,0.00,,2026-11-24 23:29:00,2026-11-24 23:30:00,,0.72,Shop,,,,农业银行,-1\r\n"
                                    .repeat(5);
            case PAYEASE_VIRTUAL ->
                    "type,order_number,channel_reference,refund_reference,refund_number,amount,currency,status,settled\n"
                            + "payment,FP0001,20261124-9-FP0001,,,120.00,CNY,paid,1\n".repeat(5);
        };
    }

    private static byte[] encoded(StatementFormat format) {
        return sample(format)
                .getBytes(format == StatementFormat.JDPAY_ZIP ? GBK : StandardCharsets.UTF_8);
    }

    private static byte[] packed(StatementFormat format, byte[] content) throws IOException {
        if (format != StatementFormat.JDPAY_ZIP) {
            return content;
        }
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static Conversion read(StatementFormat format, byte[] file) throws IOException {
        var bill = new KeptBill();
        var result = bill.read(format, file, (_, _) -> OptionalLong.of(888));
        if (result instanceof Converted converted) {
            assertThat(bill.lines).hasSize((int) converted.lines());
            assertThat(bill.bad).hasSize((int) converted.bad());
        }
        return result;
    }

    /** How many lines a text has, told in another way than by the reader under test. */
    private static long lineCount(byte[] text) {
        long ends = 0;
        for (byte b : text) {
            ends += b == '\n' ? 1 : 0;
        }
        return text.length == 0 || text[text.length - 1] == '\n' ? ends : ends + 1;
    }

    @ParameterizedTest
    @EnumSource
    void the_samples_are_read_whole(StatementFormat format) throws IOException {
        var result = (Converted) read(format, packed(format, encoded(format)));

        assertThat(result.bad()).isZero();
        assertThat(result.lines()).isBetween(4L, 5L);
    }

    @ParameterizedTest
    @EnumSource
    void random_bytes_end_in_an_answer(StatementFormat format) throws IOException {
        var random = new Random(20261124);
        for (int i = 0; i < ROUNDS; i++) {
            var bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            read(format, bytes);
            if (read(format, packed(format, bytes)) instanceof Converted converted) {
                assertThat(converted.lines() + converted.bad() + converted.aside())
                        .isEqualTo(lineCount(bytes));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void damaged_files_lose_no_line(StatementFormat format) throws IOException {
        var random = new Random(20261125);
        int converted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            var bytes = damaged(encoded(format), random);
            if (read(format, packed(format, bytes)) instanceof Converted found) {
                converted++;
                assertThat(found.lines() + found.bad() + found.aside()).isEqualTo(lineCount(bytes));
            }
            read(format, damaged(packed(format, encoded(format)), random));
        }
        assertThat(converted).as("files that were read in spite of it").isPositive();
    }

    private static byte[] damaged(byte[] whole, Random random) {
        var bytes = whole.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            case 2 -> {
                var signs = "\n\r|,`\"=0.-9<".getBytes(StandardCharsets.US_ASCII);
                for (int i = random.nextInt(20); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = signs[random.nextInt(signs.length)];
                }
            }
            case 3 -> bytes = inserted(bytes, "9".repeat(random.nextInt(70_000)), random);
            case 4 -> bytes = inserted(bytes, "谢谢" + "\u0000", random);
            default -> throw new IllegalStateException();
        }
        return bytes;
    }

    private static byte[] inserted(byte[] bytes, String text, Random random) {
        var piece = text.getBytes(random.nextBoolean() ? GBK : StandardCharsets.UTF_8);
        int at = random.nextInt(bytes.length);
        var longer = new byte[bytes.length + piece.length];
        System.arraycopy(bytes, 0, longer, 0, at);
        System.arraycopy(piece, 0, longer, at, piece.length);
        System.arraycopy(bytes, at, longer, at + piece.length, bytes.length - at);
        return longer;
    }

    /** The line comes from a stream that never holds it, so that only the reader could. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JDPAY_ZIP")
    void a_line_of_a_hundred_million_bytes_is_a_bad_line(StatementFormat format)
            throws IOException {
        long size = 100_000_000;
        var sample = encoded(format);
        var headings = lastHeading(format);
        var bill = new KeptBill();

        long before = used();
        var result =
                new ConvertStatement()
                        .convert(
                                format,
                                () ->
                                        new SequenceInputStream(
                                                Collections.enumeration(
                                                        List.of(
                                                                new ByteArrayInputStream(
                                                                        sample, 0, headings),
                                                                new Repeated(size),
                                                                new ByteArrayInputStream(
                                                                        sample,
                                                                        headings - 1,
                                                                        sample.length
                                                                                - headings
                                                                                + 1)))),
                                KnownAmounts.NONE,
                                bill);

        assertThat(bill.bad)
                .singleElement()
                .satisfies(bad -> {
                    assertThat(bad.reason()).isEqualTo(BadLine.Reason.TOO_LONG);
                    assertThat(bad.bytes()).isEqualTo(size);
                    assertThat(bad.offset()).isEqualTo(headings);
                });
        assertThat(((Converted) result).lines()).isBetween(4L, 5L);
        assertThat(used() - before).isLessThan(size / 2);
    }

    @Test
    void a_long_line_in_a_zip_is_a_bad_line() throws IOException {
        var sample = encoded(StatementFormat.JDPAY_ZIP);
        var content = new byte[sample.length + 5_000_001];
        System.arraycopy(sample, 0, content, 0, sample.length);
        Arrays.fill(content, sample.length, content.length, (byte) 'x');

        var result =
                (Converted)
                        read(StatementFormat.JDPAY_ZIP, packed(StatementFormat.JDPAY_ZIP, content));

        assertThat(result.bad()).isEqualTo(1);
        assertThat(result.lines()).isEqualTo(5);
    }

    /** Where the first record begins; it is after a line end, which ends the long line, too. */
    private static int lastHeading(StatementFormat format) {
        int headings =
                switch (format) {
                    case ALIPAY_COMPARE -> 1;
                    case ALIPAY_TRANSACTION -> 3;
                    default -> 1;
                };
        var sample = encoded(format);
        int at = 0;
        for (int i = 0; i < headings; at++) {
            i += sample[at] == '\n' ? 1 : 0;
        }
        return at;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** So many times the letter x. */
    private static final class Repeated extends InputStream {

        private long left;

        Repeated(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int some = (int) Math.min(left, length);
            Arrays.fill(into, from, from + some, (byte) 'x');
            left -= some;
            return some;
        }
    }
}
