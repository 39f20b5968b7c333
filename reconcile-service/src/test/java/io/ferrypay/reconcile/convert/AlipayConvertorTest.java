package io.ferrypay.reconcile.convert;

import static io.ferrypay.reconcile.convert.StatementFormat.ALIPAY_COMPARE;
import static io.ferrypay.reconcile.convert.StatementFormat.ALIPAY_FPTRADE;
import static io.ferrypay.reconcile.convert.StatementFormat.ALIPAY_SETTLE;
import static io.ferrypay.reconcile.convert.StatementFormat.ALIPAY_TRANSACTION;
import static io.ferrypay.reconcile.convert.StatementFormat.ALIPAY_TRANSACTION_ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.reconcile.convert.Conversion.Reason;
import io.ferrypay.reconcile.convert.Conversion.Refused;
import io.ferrypay.reconcile.convert.Conversion.TotalDifference;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AlipayConvertorTest {

    private static final Charset GBK = Charset.forName("GBK");
    private static final String FPTRADE =
            "Partner_transaction_id,Amount,Rmb_amount,Currency,Fee,Rate,Payment_time,Settlement_time,Type,Status,Original_partner_transaction_ID,Transaction_ID,Distribute_amount,Distribute_rmb_amount,Remarks,Settlement,Rmb_settlement\n";
    private static final String ITEMS =
            "customerId,referenceMerchantId,referenceStoreId,transactionId,originalTransactionId,transactionRequestId,referenceTransactionId,orderDescription,paymentMethodType,pspName,transactionType,paymentTime,productCode,transactionAmountValue,transactionCurrency\n";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void the_compare_file_needs_no_headings() throws IOException {
        var bill =
                KeptBill.of(
                        ALIPAY_COMPARE,
                        utf8(
                                """
                                FP0001|120.00|NZD|20261124233000||P|1.20|P|
                                FPR001|20.50|NZD|20261124100000|20261125090000|R|0.00|L|back|again
                                FP0002|1.00|NZD|20261124233000||P|0.01|P
                                """));

        assertThat(bill.told())
                .containsExactly(
                        "1 PAYMENT DONE order=FP0001/- refund=-/- shop=- 12000 NZD fen=- settled=- - fee=1.20 rate=- at=2026-11-24T15:30:00Z settledAt=-",
                        "2 REFUND DONE order=-/- refund=FPR001/- shop=- 2050 NZD fen=- settled=- - fee=0.00 rate=- at=2026-11-24T02:00:00Z settledAt=2026-11-25T01:00:00Z",
                        "3 PAYMENT DONE order=FP0002/- refund=-/- shop=- 100 NZD fen=- settled=- - fee=0.01 rate=- at=2026-11-24T15:30:00Z settledAt=-");
        assertThat(bill.badness()).isEmpty();
    }

    @Test
    void the_compare_file_may_have_headings() throws IOException {
        var bill =
                KeptBill.of(
                        ALIPAY_COMPARE,
                        utf8(
                                """
                                partner_transaction_id|amount|currency|payment_time|settlement_time|type|service_charge|status|remarks
                                FP0001|120.00|NZD|20261124233000||P|1.20|P|
                                """));

        assertThat(bill.lines).hasSize(1);
        assertThat(bill.converted().aside()).isEqualTo(1);
    }

    @Test
    void what_alipay_says_in_words_is_no_line() throws IOException {
        var bill = KeptBill.of(ALIPAY_COMPARE, utf8("System exception"));

        assertThat(bill.lines).isEmpty();
        assertThat(bill.badness()).containsExactly("1 COLUMN_COUNT null");
    }

    @Test
    void bad_lines_are_told() throws IOException {
        var bill =
                KeptBill.of(
                        ALIPAY_COMPARE,
                        utf8(
                                """
                                FP1|-120.00|NZD|20261124233000||P|1.20|P|
                                FP2|120.0|NZD|20261124233000||P|1.20|P|
                                FP3|99999999999999999999.00|NZD|20261124233000||P|1.20|P|
                                FP4|120.00|NZD|20261131233000||P|1.20|P|
                                FP5|120.00|NZD|20261124233000||Q|1.20|P|
                                FP6|120.00|NZD|20261124233000||P|1.2.0|P|
                                FP7|120.00|NZD|20261124233000||P|1.20|X|
                                |120.00|NZD|20261124233000||P|1.20|P|
                                """));

        assertThat(bill.lines).isEmpty();
        assertThat(bill.badness())
                .containsExactly(
                        "1 WRONG_AMOUNT 1",
                        "2 WRONG_AMOUNT 1",
                        "3 WRONG_AMOUNT 1",
                        "4 WRONG_TIME 3",
                        "5 UNKNOWN_TYPE 5",
                        "6 WRONG_AMOUNT 6",
                        "7 UNKNOWN_STATUS 7",
                        "8 WRONG_REFERENCE 0");
    }

    @Test
    void fptrade_is_read_in_utf_8_and_in_gbk() throws IOException {
        var text =
                FPTRADE
                        + "FP0001,120.00,540.41,NZD,1.20,4.50341666,2026-11-24 23:30:00,,P,P,,2026112421,,,\"茶, \"\"茶\"\"\",118.80,535.01\n"
                        + "FPR001,-20.50,-92.32,NZD,0.00,4.50341666,2026-11-24 10:00:00,,R,P,FP0001,2026112422,,,,-20.50,-92.32\n";
        var expected =
                new String[] {
                    "2 PAYMENT DONE order=FP0001/2026112421 refund=-/- shop=- 12000 NZD fen=54041 settled=11880 NZD fee=1.20 rate=4.50341666 at=2026-11-24T15:30:00Z settledAt=-",
                    "3 REFUND DONE order=FP0001/- refund=FPR001/2026112422 shop=- 2050 NZD fen=9232 settled=2050 NZD fee=0.00 rate=4.50341666 at=2026-11-24T02:00:00Z settledAt=-"
                };

        assertThat(KeptBill.of(ALIPAY_FPTRADE, utf8(text)).told()).containsExactly(expected);
        assertThat(KeptBill.of(ALIPAY_FPTRADE, utf8("\ufeff" + text + "<END>")).told())
                .containsExactly(expected);
        assertThat(KeptBill.of(ALIPAY_FPTRADE, text.getBytes(GBK)).told())
                .containsExactly(expected);
    }

    @Test
    void a_file_that_needs_headings_is_refused_without() throws IOException {
        assertThat(KeptBill.of(ALIPAY_FPTRADE, utf8("FP1,1.00\n")).result)
                .isEqualTo(new Refused(Reason.NO_HEADINGS));
        assertThat(KeptBill.of(ALIPAY_SETTLE, new byte[0]).result)
                .isEqualTo(new Refused(Reason.NO_HEADINGS));
    }

    @Test
    void an_open_quote_costs_its_line_only() throws IOException {
        var bill =
                KeptBill.of(
                        ALIPAY_FPTRADE,
                        utf8(
                                FPTRADE
                                        + "FP1,1.00,4.50,NZD,0.00,4.5,2026-11-24 23:30:00,,P,P,,,,,\"open,1.00,4.50\n"
                                        + "FP2,1.00,4.50,NZD,0.00,4.5,2026-11-24 23:30:00,,P,P,,,,,,1.00,4.50\n"));

        assertThat(bill.badness()).containsExactly("2 OPEN_QUOTE null");
        assertThat(bill.lines).extracting(BillLine::orderNumber).containsExactly("FP2");
    }

    @Test
    void a_settled_line_has_its_time() throws IOException {
        var bill =
                KeptBill.of(
                        ALIPAY_SETTLE,
                        utf8(
                                """
                                Partner_transaction_id,Transaction_id,Amount,Rmb_amount,Fee,Settlement,Rmb_settlement,Currency,Rate,Payment_time,Settlement_time,Type,Status,Remarks
                                FP0001,2026112421,120.00,540.41,1.20,118.80,535.01,NZD,4.50341666,2026-11-24 23:30:00,2026-11-25 09:00:00,P,L,
                                """));

        assertThat(bill.told())
                .containsExactly(
                        "2 PAYMENT DONE order=FP0001/2026112421 refund=-/- shop=- 12000 NZD fen=54041 settled=11880 NZD fee=1.20 rate=4.50341666 at=2026-11-24T15:30:00Z settledAt=2026-11-25T01:00:00Z");
    }

    @Test
    void in_store_transactions_have_a_block_above() throws IOException {
        var columns =
                "Partner_transaction_id|Transaction_id|Transaction_amount|Charge_amount|Currency|Payment_time|Transaction_type|Remark|Secondary_merchant_id\n";
        // 亅 ends with the byte of a pipe in GBK.
        var rows =
                """
                FP0001|2026112421|120.00|1.20|NZD|2026-11-24 23:30:00|PAYMENT|亅|SHOP1
                FPR001|2026112422|20.50|0.00|NZD|2026-11-24 23:31:00|REFUND||SHOP1
                FP0002|2026112423|8.00|0.00|NZD|2026-11-24 23:32:00|CANCEL||SHOP1
                FP0003|2026112424|9.00|0.00|NZD|2026-11-24 23:33:00|REVERSAL||SHOP1
                """;
        var named = "Partner:2088|Payment_time:2026-11-24|Total_count:4\n" + columns + rows;
        var below = "Partner|Payment_time|Total_count\n2088|2026-11-24|5\n" + columns + rows;

        var bill = KeptBill.of(ALIPAY_TRANSACTION, named.getBytes(GBK));

        assertThat(bill.told())
                .containsExactly(
                        "3 PAYMENT DONE order=FP0001/2026112421 refund=-/- shop=SHOP1 12000 NZD fen=- settled=- - fee=1.20 rate=- at=2026-11-24T15:30:00Z settledAt=-",
                        "4 REFUND DONE order=-/- refund=FPR001/2026112422 shop=SHOP1 2050 NZD fen=- settled=- - fee=0.00 rate=- at=2026-11-24T15:31:00Z settledAt=-",
                        "5 REFUND DONE order=FP0002/- refund=-/2026112423 shop=SHOP1 800 NZD fen=- settled=- - fee=0.00 rate=- at=2026-11-24T15:32:00Z settledAt=-",
                        "6 REFUND DONE order=FP0003/- refund=-/2026112424 shop=SHOP1 900 NZD fen=- settled=- - fee=0.00 rate=- at=2026-11-24T15:33:00Z settledAt=-");
        assertThat(bill.converted().totals()).isEmpty();
        assertThat(KeptBill.of(ALIPAY_TRANSACTION, utf8(below)).converted().totals())
                .containsExactly(new TotalDifference("Total_count", "5", "4"));
    }

    @Test
    void items_are_in_minor_units_and_complete_only_with_their_end() throws IOException {
        var rows =
                ITEMS
                        + "C1,SHOP1,S1,2026112421,,FP0001,R1,Tea,ALIPAY_CN,Alipay,PAYMENT,2026-11-24T23:30:00+08:00,P1,12000,NZD\n"
                        + "C1,SHOP1,S1,2026112422,2026112421,FPR001,R1,Tea,ALIPAY_CN,Alipay,REFUND,2026-11-24T23:31:00+08:00,P1,2050,NZD\n";

        var bill = KeptBill.of(ALIPAY_TRANSACTION_ITEMS, utf8(rows + "<END>\n"));

        assertThat(bill.told())
                .containsExactly(
                        "2 PAYMENT DONE order=FP0001/2026112421 refund=-/- shop=SHOP1 12000 NZD fen=- settled=- - fee=- rate=- at=2026-11-24T15:30:00Z settledAt=-",
                        "3 REFUND DONE order=-/2026112421 refund=FPR001/2026112422 shop=SHOP1 2050 NZD fen=- settled=- - fee=- rate=- at=2026-11-24T15:31:00Z settledAt=-");
        assertThat(KeptBill.of(ALIPAY_TRANSACTION_ITEMS, utf8(rows)).result)
                .isEqualTo(new Refused(Reason.INCOMPLETE));
    }

    @Test
    void what_follows_the_end_is_not_lost() throws IOException {
        var bill =
                KeptBill.of(
                        ALIPAY_COMPARE,
                        utf8("<END>\nFP0001|120.00|NZD|20261124233000||P|1.20|P|\n"));

        assertThat(bill.badness()).containsExactly("2 AFTER_END null");
    }
}
