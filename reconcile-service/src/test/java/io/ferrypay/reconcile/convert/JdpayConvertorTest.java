package io.ferrypay.reconcile.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.reconcile.convert.Conversion.Reason;
import io.ferrypay.reconcile.convert.Conversion.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class JdpayConvertorTest {

    private static final Charset GBK = Charset.forName("GBK");
    private static final String HEADINGS =
            "商户订单号,京东交易号,交易金额,支付方式,业务类型,交易状态,退款金额,备用,交易时间,完成时间,退款单号,手续费,账户名称,备用2,备注,备用3,银行名称,第三方流水号\r\n";
    private static final String PAYMENT =
            "=\"FP0001\",=\"2026112400\",120.00,银行卡支付,消费,成功,0.00,,2026-11-24 23:29:00,2026-11-24 23:30:00,,0.72,Shop,,,,农业银行,-1\r\n";
    private static final String REFUND =
            "=\"FP0001\",=\"2026112400\",-20.50,银行卡支付,退款,成功,20.50,,2026-11-24 10:00:00,,=\"FPR001\",0.00,Shop,,,,,-1\r\n";
    private static final String READ_PAYMENT =
            "2 PAYMENT DONE order=FP0001/2026112400 refund=-/- shop=- 12000 CNY fen=12000 settled=- - fee=0.72 rate=- at=2026-11-24T15:30:00Z settledAt=-";
    private static final String READ_REFUND =
            "3 REFUND DONE order=FP0001/2026112400 refund=FPR001/- shop=- 2050 CNY fen=2050 settled=- - fee=0.00 rate=- at=2026-11-24T02:00:00Z settledAt=-";

    static byte[] zip(String... files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, GBK)) {
            for (int i = 0; i < files.length; i++) {
                zip.putNextEntry(new ZipEntry("对账/" + i + ".csv"));
                zip.write(files[i].getBytes(GBK));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static KeptBill read(byte[] file) throws IOException {
        return KeptBill.of(StatementFormat.JDPAY_ZIP, file);
    }

    @Test
    void payments_and_refunds_are_read_in_yuan() throws IOException {
        var bill = read(zip(HEADINGS + PAYMENT + REFUND));

        assertThat(bill.told()).containsExactly(READ_PAYMENT, READ_REFUND);
        assertThat(bill.badness()).isEmpty();
    }

    @Test
    void forms_of_seventeen_and_nineteen_columns_do_but_no_others() throws IOException {
        var seventeen = PAYMENT.replace(",,,,农业银行", ",,,农业银行");
        var nineteen = PAYMENT.replace(",-1", ",-1,E1");

        assertThat(read(zip(HEADINGS + seventeen)).told()).containsExactly(READ_PAYMENT);
        assertThat(read(zip(HEADINGS + nineteen)).told()).containsExactly(READ_PAYMENT);
        assertThat(read(zip(HEADINGS + seventeen.replace(",,,农", ",,农"))).badness())
                .containsExactly("2 COLUMN_COUNT null");
        assertThat(read(zip(HEADINGS + nineteen.replace(",E1", ",E1,E2"))).badness())
                .containsExactly("2 COLUMN_COUNT null");
    }

    @Test
    void lines_of_several_files_are_counted_through() throws IOException {
        var bill = read(zip(HEADINGS + PAYMENT, HEADINGS + "x\r\n" + REFUND, PAYMENT));

        assertThat(bill.lines).extracting(BillLine::number).containsExactly(2L, 5L, 6L);
        assertThat(bill.badness()).containsExactly("4 COLUMN_COUNT null");
        assertThat(bill.bad.getFirst().offset()).isEqualTo(HEADINGS.getBytes(GBK).length);
    }

    @Test
    void a_day_without_orders_is_headings_only() throws IOException {
        var bill = read(zip(HEADINGS));

        assertThat(bill.converted().lines()).isZero();
        assertThat(bill.converted().aside()).isEqualTo(1);
    }

    @Test
    void states_are_told_apart() throws IOException {
        var bill =
                read(
                        zip(
                                HEADINGS
                                        + PAYMENT.replace("成功", "等待支付")
                                        + PAYMENT.replace("成功", "处理中")
                                        + PAYMENT.replace("成功", "失败")
                                        + PAYMENT.replace("成功", "关闭")
                                        + PAYMENT.replace("成功", "新")
                                        + PAYMENT.replace("消费", "转账")));

        assertThat(bill.lines)
                .extracting(BillLine::status)
                .containsExactly(
                        BillLine.Status.OPEN,
                        BillLine.Status.OPEN,
                        BillLine.Status.FAILED,
                        BillLine.Status.FAILED);
        assertThat(bill.badness()).containsExactly("6 UNKNOWN_STATUS 5", "7 UNKNOWN_TYPE 4");
    }

    @Test
    void a_zip_that_breaks_off_is_incomplete() throws IOException {
        var whole = zip(HEADINGS + PAYMENT.repeat(200));

        assertThat(read(Arrays.copyOf(whole, whole.length / 3)).result)
                .isEqualTo(new Refused(Reason.INCOMPLETE));
        assertThat(read("no zip".getBytes(GBK)).result).isEqualTo(new Refused(Reason.NOT_A_ZIP));
        assertThat(read(new byte[0]).result).isEqualTo(new Refused(Reason.NOT_A_ZIP));
    }

    @Test
    void a_failing_disk_is_no_fault_of_the_file() throws IOException {
        var whole = zip(HEADINGS + PAYMENT);
        var failing =
                new InputStream() {
                    private final InputStream start = new ByteArrayInputStream(whole, 0, 40);

                    @Override
                    public int read() throws IOException {
                        int next = start.read();
                        if (next < 0) {
                            throw new java.io.EOFException("disk");
                        }
                        return next;
                    }

                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        int read = start.read(into, from, length);
                        if (read < 0) {
                            throw new java.io.EOFException("disk");
                        }
                        return read;
                    }
                };

        assertThatThrownBy(() ->
                        new ConvertStatement()
                                .convert(
                                        StatementFormat.JDPAY_ZIP,
                                        () -> failing,
                                        KnownAmounts.NONE,
                                        new KeptBill()))
                .isInstanceOf(IOException.class);
    }
}
