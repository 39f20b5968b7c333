package io.ferrypay.reconcile.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.reconcile.convert.Conversion.Reason;
import io.ferrypay.reconcile.convert.Conversion.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayeaseConvertorTest {

    private static final String HEADINGS =
            "type,order_number,channel_reference,refund_reference,refund_number,amount,currency,status,settled\n";

    private static KeptBill read(String text) throws IOException {
        return KeptBill.of(StatementFormat.PAYEASE_VIRTUAL, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void payments_and_refunds_are_read() throws IOException {
        var bill =
                read(
                        HEADINGS
                                + """
                                payment,FP0001,20261124-9-FP0001,,,120.00,CNY,paid,1
                                payment,FP0002,,,,0.00,CNY,unknown_order,
                                payment,FP0003,20261124-9-FP0003,,,1.00,CNY,pstatus_2,0
                                refund,FP0001,20261124-9-FP0001,77,FPR001,20.50,CNY,done,
                                refund,FP0001,20261124-9-FP0001,78,,1.00,CNY,open,
                                refund,,20261124-9-X,79,FPR003,1.00,CNY,refused,
                                """);

        assertThat(bill.told())
                .containsExactly(
                        "2 PAYMENT DONE order=FP0001/20261124-9-FP0001 refund=-/- shop=- 12000 CNY fen=12000 settled=- - fee=- rate=- at=- settledAt=-",
                        "3 PAYMENT FAILED order=FP0002/- refund=-/- shop=- 0 CNY fen=0 settled=- - fee=- rate=- at=- settledAt=-",
                        "4 PAYMENT FAILED order=FP0003/20261124-9-FP0003 refund=-/- shop=- 100 CNY fen=100 settled=- - fee=- rate=- at=- settledAt=-",
                        "5 REFUND DONE order=FP0001/20261124-9-FP0001 refund=FPR001/77 shop=- 2050 CNY fen=2050 settled=- - fee=- rate=- at=- settledAt=-",
                        "6 REFUND OPEN order=FP0001/20261124-9-FP0001 refund=-/78 shop=- 100 CNY fen=100 settled=- - fee=- rate=- at=- settledAt=-",
                        "7 REFUND FAILED order=-/20261124-9-X refund=FPR003/79 shop=- 100 CNY fen=100 settled=- - fee=- rate=- at=- settledAt=-");
    }

    @Test
    void bad_lines_are_told() throws IOException {
        var bill =
                read(
                        HEADINGS
                                + """
                                transfer,FP0001,,,,120.00,CNY,paid,1
                                payment,FP0001,,,,120.00,CNY,perhaps,1
                                refund,,,,,1.00,CNY,done,
                                refund,FP0001,,,FPR001,1.00,,done,
                                payment,FP0001,,,,120.00,CNY,paid
                                """);

        assertThat(bill.lines).isEmpty();
        assertThat(bill.badness())
                .containsExactly(
                        "2 UNKNOWN_TYPE 0",
                        "3 UNKNOWN_STATUS 7",
                        "4 WRONG_REFERENCE 1",
                        "5 WRONG_CURRENCY 6",
                        "6 COLUMN_COUNT null");
    }

    @Test
    void another_layout_is_refused() throws IOException {
        assertThat(read("type,order_number\n").result).isEqualTo(new Refused(Reason.NO_HEADINGS));
        assertThat(read("").result).isEqualTo(new Refused(Reason.NO_HEADINGS));
    }
}
