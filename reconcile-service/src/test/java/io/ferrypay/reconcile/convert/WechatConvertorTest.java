package io.ferrypay.reconcile.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.reconcile.convert.Conversion.Reason;
import io.ferrypay.reconcile.convert.Conversion.Refused;
import io.ferrypay.reconcile.convert.Conversion.TotalDifference;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WechatConvertorTest {

    private static final String HEADINGS =
            "交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,充值券币种,充值券金额,优惠券币种,优惠券金额,微信退款单号,商户退款单号,退款类型,退款状态,商品名称,商户数据包,手续费,费率,标价币种,订单金额(标价币种),用户支付币种,用户支付金额,结算币种,应结订单金额,支付汇率,退款汇率,申请退款金额,用户退款币种,用户退款金额,退款结算币种,退款应结订单金额,充值券退款金额,优惠券退款金额";
    private static final String PAYMENT =
            "`2026-11-24 23:59:59,`wx1,`1900000100,`1900000200,`,`4200001,`FP0001,`openid,`NATIVE,`SUCCESS,`OTHERS,`,`0.00,`,`0.00,`,`,`,`,`Tea, 2 cups,`,`0.18,`2.00%,`NZD,`8.88,`CNY,`39.99,`NZD,`8.88,`450337837,`,`0.00,`,`0.00,`,`0.00,`0.00,`0.00";
    private static final String REFUND =
            "`2026-11-24 12:00:00,`wx1,`1900000100,`1900000200,`,`4200001,`FP0001,`openid,`NATIVE,`REFUND,`OTHERS,`,`0.00,`,`0.00,`5000001,`FPR001,`ORIGINAL,`PROCESSING,`茶,`,`0.00,`2.00%,`NZD,`8.88,`CNY,`0.00,`NZD,`0.00,`450337837,`450000000,`3.00,`CNY,`13.50,`NZD,`3.00,`0.00,`0.00";
    private static final String READ_PAYMENT =
            "2 PAYMENT DONE order=FP0001/4200001 refund=-/- shop=1900000200 888 NZD fen=3999 settled=888 NZD fee=0.18 rate=4.50337837 at=2026-11-24T15:59:59Z settledAt=-";
    private static final String READ_REFUND =
            "3 REFUND DONE order=FP0001/4200001 refund=FPR001/5000001 shop=1900000200 300 NZD fen=1350 settled=300 NZD fee=0.00 rate=4.50000000 at=2026-11-24T04:00:00Z settledAt=-";

    private static byte[] file(String... lines) {
        return String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static KeptBill read(byte[] file) throws IOException {
        return KeptBill.of(StatementFormat.WECHAT_GLOBAL, file);
    }

    @Test
    void payments_and_refunds_are_read_behind_a_mark_of_byte_order() throws IOException {
        var bill = read(file("\ufeff" + HEADINGS, PAYMENT, REFUND, ""));

        assertThat(bill.told()).containsExactly(READ_PAYMENT, READ_REFUND);
        assertThat(bill.badness()).isEmpty();
        assertThat(bill.converted().aside()).isEqualTo(1);
        assertThat(bill.converted().sums())
                .extracting(sum -> sum.kind() + " " + sum.lines() + " " + sum.amountMinor())
                .containsExactly("PAYMENT 1 888", "REFUND 1 300");
    }

    @Test
    void a_last_line_without_an_end_counts() throws IOException {
        assertThat(read(file(HEADINGS, PAYMENT)).told()).containsExactly(READ_PAYMENT);
    }

    @Test
    void bare_line_feeds_do() throws IOException {
        var bill = read((HEADINGS + "\n" + PAYMENT + "\n\n").getBytes(StandardCharsets.UTF_8));

        assertThat(bill.told()).containsExactly(READ_PAYMENT);
        assertThat(bill.converted().aside()).isEqualTo(2);
    }

    @Test
    void columns_are_found_by_their_headings() throws IOException {
        var bill = read(file("新列," + HEADINGS, "`x,`" + PAYMENT.substring(1)));

        assertThat(bill.told()).containsExactly(READ_PAYMENT);
    }

    @Test
    void headings_in_another_language_are_in_the_documented_order() throws IOException {
        var english = "Time" + ",Column".repeat(37);

        assertThat(read(file(english, PAYMENT)).told()).containsExactly(READ_PAYMENT);
        assertThat(read(file(english + ",More", PAYMENT)).result)
                .isEqualTo(new Refused(Reason.NO_HEADINGS));
        assertThat(read(file(PAYMENT)).result).isEqualTo(new Refused(Reason.NO_HEADINGS));
    }

    @Test
    void amounts_without_a_point_are_minor_units_if_ours_are_the_same() throws IOException {
        var minor =
                PAYMENT.replace("0.18", "18")
                        .replace("8.88", "888")
                        .replace("39.99", "3999")
                        .replace("0.00", "0");
        var bill = new KeptBill();

        bill.read(
                StatementFormat.WECHAT_GLOBAL,
                file(HEADINGS, minor),
                (order, currency) ->
                        order.equals("FP0001") && currency.equals("NZD")
                                ? OptionalLong.of(888)
                                : OptionalLong.empty());

        assertThat(bill.told()).containsExactly(READ_PAYMENT);
        assertThat(read(file(HEADINGS, minor)).result).isEqualTo(new Refused(Reason.UNIT_UNKNOWN));
        for (long other : new long[] {88800, 887}) {
            var refused =
                    new KeptBill()
                            .read(
                                    StatementFormat.WECHAT_GLOBAL,
                                    file(HEADINGS, minor),
                                    (_, _) -> OptionalLong.of(other));
            assertThat(refused).isEqualTo(new Refused(Reason.UNIT_UNKNOWN));
        }
    }

    @Test
    void a_line_in_another_unit_than_the_rest_is_bad() throws IOException {
        var bill = read(file(HEADINGS, PAYMENT, PAYMENT.replace("`NZD,`8.88", "`NZD,`888")));

        assertThat(bill.told()).containsExactly(READ_PAYMENT);
        assertThat(bill.badness()).containsExactly("3 WRONG_AMOUNT 24");
    }

    @Test
    void yen_have_no_decimals() throws IOException {
        var yen = PAYMENT.replace("`NZD,`8.88", "`JPY,`888").replace("`0.18,", "`18,");
        var bill = read(file(HEADINGS, yen));

        assertThat(bill.lines).extracting(BillLine::amountMinor).containsExactly(888L);
    }

    @Test
    void totals_at_the_end_are_compared_and_no_records() throws IOException {
        var right =
                read(
                        file(
                                HEADINGS,
                                PAYMENT,
                                REFUND,
                                "总交易单数,订单总金额,申请退款总金额,手续费总金额",
                                "`2,`8.88,`3.00,`0.18"));
        var wrong =
                read(
                        file(
                                HEADINGS,
                                PAYMENT,
                                REFUND,
                                "总交易单数,订单总金额,申请退款总金额,手续费总金额",
                                "`3,`8.88,`3.01,`0.18"));

        assertThat(right.converted().totals()).isEmpty();
        assertThat(right.converted().aside()).isEqualTo(3);
        assertThat(wrong.told()).containsExactly(READ_PAYMENT, READ_REFUND);
        assertThat(wrong.converted().totals())
                .containsExactly(
                        new TotalDifference("总交易单数", "3", "2"),
                        new TotalDifference("申请退款总金额", "3.01", "3.00"));
    }

    @Test
    void a_record_below_the_totals_is_not_lost() throws IOException {
        var bill = read(file(HEADINGS, PAYMENT, "总交易单数", "`1", REFUND));

        assertThat(bill.badness()).containsExactly("5 AFTER_END null");
    }

    @Test
    void a_bad_line_is_told_and_the_rest_is_read() throws IOException {
        var bill =
                read(
                        file(
                                HEADINGS,
                                PAYMENT,
                                REFUND,
                                "rubbish",
                                PAYMENT.replace("SUCCESS", "STRANGE"),
                                PAYMENT.replace("`NZD,`8.88,`CNY", "`XXX,`8.88,`CNY"),
                                PAYMENT.replace("23:59:59", "25:59:59"),
                                PAYMENT.replace("FP0001", "FP 0001"),
                                PAYMENT.replace("450337837", "1e9"),
                                PAYMENT.replace("`NZD,`8.88,`CNY", "`NZD,`-8.8,`CNY"),
                                PAYMENT.replace("Tea", "Tea,`x"),
                                REFUND.replace("PROCESSING", "LOST")));

        assertThat(bill.told()).containsExactly(READ_PAYMENT, READ_REFUND);
        assertThat(bill.badness())
                .containsExactly(
                        "4 NO_RECORD null",
                        "5 UNKNOWN_STATUS 9",
                        "6 WRONG_CURRENCY 23",
                        "7 WRONG_TIME 0",
                        "8 WRONG_REFERENCE 6",
                        "9 WRONG_RATE 29",
                        "10 WRONG_AMOUNT 24",
                        "11 COLUMN_COUNT null",
                        "12 UNKNOWN_STATUS 18");
        assertThat(bill.converted().bad()).isEqualTo(9);
    }

    @Test
    void a_bad_line_tells_where_it_is_in_the_file() throws IOException {
        var file = file("\ufeff" + HEADINGS, "`谢谢", PAYMENT);
        var bill = read(file);
        var bad = bill.bad.getFirst();

        assertThat(new String(file, (int) bad.offset(), (int) bad.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("`谢谢\r");
    }

    @Test
    void a_line_that_is_no_utf_8_is_bad_but_the_sign_for_unreadable_is_not() throws IOException {
        var sign = PAYMENT.replace("Tea", "\ufffd");
        var broken = file(HEADINGS, sign, PAYMENT.replace("Tea", "~~"));
        for (int i = 0; i < broken.length; i++) {
            if (broken[i] == '~') {
                broken[i] = (byte) 0xff;
            }
        }
        var bill = read(broken);

        assertThat(bill.told()).containsExactly(READ_PAYMENT);
        assertThat(bill.badness()).containsExactly("3 WRONG_ENCODING null");
    }

    @Test
    void a_sum_may_exceed_sixty_four_bits() throws IOException {
        var bill = new Bill(new KeptBill());
        var huge = 999_999_999_999_999L;
        for (int i = 0; i < 20_000; i++) {
            bill.line(
                    new BillLine(
                            i,
                            BillLine.Kind.PAYMENT,
                            BillLine.Status.DONE,
                            "a",
                            null,
                            null,
                            null,
                            null,
                            huge,
                            "NZD",
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null));
        }

        assertThat(bill.done(20_000).sums().getFirst().amountMinor())
                .isEqualTo(BigInteger.valueOf(huge).multiply(BigInteger.valueOf(20_000)));
    }
}
