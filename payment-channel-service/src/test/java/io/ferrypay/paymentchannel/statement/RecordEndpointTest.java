package io.ferrypay.paymentchannel.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On days long ago, where no other test pays. */
class RecordEndpointTest extends RunningServiceTest {

    private static final String RECORDS = "/internal/channel-accounts/fake-test/records/";

    private String payment = "";

    @BeforeEach
    void begin() {
        payment = created().path("id").asString();
        jdbc.sql(
                        "delete from refund where order_number in (select order_number from attempt where created_at < '2010-01-01')")
                .update();
        jdbc.sql("delete from attempt where created_at < '2010-01-01'").update();
    }

    /** So many orders, a second apart in runs of a thousand. */
    private void orders(String prefix, int count, String status, String paidAt) {
        jdbc.sql(
                        """
                        insert into attempt (order_number, version, payment_id, sequence, method, channel, account_id,
                            sub_merchant_id, category_code, flow, amount_minor, currency, channel_amount_minor,
                            channel_currency, rate, status, created_at, expires_at, paid_at, channel_reference)
                        select :prefix || lpad(i::text, 6, '0'), 1, :payment,
                            i + (select coalesce(max(sequence), 0) from attempt where payment_id = :payment), 'wechat', 'wechat', 'fake-test',
                            '1900000109', '5499', 'qr', 12000, 'NZD', 54041, 'CNY', 4.5034, :status,
                            '2001-05-05', '2001-05-06', cast(:paidAt as timestamptz) + (i / 1000) * interval '1 second',
                            case when cast(:paidAt as timestamptz) is not null then 'C' || :prefix || i end
                          from generate_series(1, :count) i
                        """)
                .param("prefix", prefix)
                .param("payment", payment)
                .param("count", count)
                .param("status", status)
                .param("paidAt", paidAt)
                .update();
    }

    private void refund(String number, String order, String status, String endedAt) {
        jdbc.sql(
                        """
                        insert into refund (id, version, kind, payment_id, merchant_id, livemode, order_number, account_id,
                            refund_number, status, amount_minor, currency, channel_amount_minor, channel_currency,
                            submission, channel_reference, created_at, ended_at)
                        values ('re_' || :number, 1, 'requested', :payment, :merchant, false, :order, 'fake-test', :number,
                            :status, 2000, 'NZD', 9007, 'CNY', 'accepted', 'CR' || :number, '2001-05-05', cast(:endedAt as timestamptz))
                        """)
                .param("number", number)
                .param("payment", payment)
                .param("merchant", merchant)
                .param("order", order)
                .param("status", status)
                .param("endedAt", endedAt)
                .update();
    }

    @Test
    void a_day_with_its_edges_is_listed_page_by_page() {
        orders("RA", 11_000, "surplus", "2001-05-05T12:00:00+08:00");
        orders("RB", 1, "surplus", "2001-05-04T23:29:59+08:00");
        orders("RC", 1, "surplus", "2001-05-04T23:30:00+08:00");
        orders("RD", 1, "surplus", "2001-05-06T00:29:59+08:00");
        orders("RE", 1, "surplus", "2001-05-06T00:30:00+08:00");
        orders("RF", 1, "closed", null);
        refund("RR1", "RA000001", "succeeded", "2001-05-05T12:00:00+08:00");
        refund("RR2", "RA000002", "pending", null);

        var lines = lines(ask("2001-05-05?edge_minutes=30"));

        var orders = new HashSet<String>();
        for (var line : lines.subList(0, lines.size() - 2)) {
            assertThat(orders.add(line.split("\t", -1)[2])).as(line).isTrue();
        }
        assertThat(orders)
                .hasSize(11_002)
                .contains("RA000001", "RA005000", "RA005001", "RA011000", "RC000001", "RD000001");
        assertThat(lines)
                .contains(
                        "payment\tsurplus\tRA001000\tCRA1000\t\\N\t\\N\t1900000109\t54041\tCNY\t\\N\t\\N\t2001-05-05T04:00:01Z\t"
                                + merchant
                                + "\t"
                                + payment);
        assertThat(lines.subList(11_002, 11_004))
                .containsExactly(
                        "refund\tsucceeded\tRA000001\tCRA1\tRR1\tCRRR1\t1900000109\t9007\tCNY\t\\N\t\\N\t2001-05-05T04:00:00Z\t"
                                + merchant
                                + "\tre_RR1",
                        "end\t11003");
    }

    @Test
    void what_a_number_came_to_is_told_whatever_it_was() {
        orders("RG", 2, "closed", null);
        refund("RR3", "RG000001", "pending", null);

        var answer =
                send(
                        request(RECORDS + "lookup", TestTokens.service("reconcile-service")),
                        "POST",
                        "{\"order_numbers\":[\"RG000002\",\"NOBODY\"],\"refund_numbers\":[\"RR3\"]}");

        assertThat(lines(answer))
                .extracting(line -> line.replace(merchant, "M").replace(payment, "P"))
                .containsExactly(
                        "payment\tclosed\tRG000002\t\\N\t\\N\t\\N\t1900000109\t54041\tCNY\t\\N\t\\N\t\\N\tM\tP",
                        "refund\tpending\tRG000001\t\\N\tRR3\tCRRR3\t1900000109\t9007\tCNY\t\\N\t\\N\t\\N\tM\tre_RR3",
                        "end\t2");
    }

    @Test
    void what_would_break_a_line_is_escaped() {
        orders("RH", 1, "surplus", "2001-05-05T12:00:00+08:00");
        jdbc.sql(
                        "update attempt set channel_reference = E'a\\tb\\\\c\\nd\\r' where order_number = 'RH000001'")
                .update();

        assertThat(lines(ask("2001-05-05")).getFirst()).contains("\ta\\tb\\\\c\\nd\\r\t");
    }

    @ParameterizedTest
    @CsvSource({
        "2001-02-30, 400",
        "2001-05-05?edge_minutes=721, 400",
        "2001-05-05?edge_minutes=-1, 400"
    })
    void nonsense_is_refused(String path, int status) {
        assertThat(ask(path).statusCode()).isEqualTo(status);
    }

    @Test
    void strangers_and_unknown_accounts_get_nothing() {
        var service = TestTokens.service("reconcile-service");

        assertThat(send(request(RECORDS + "2001-05-05", token()), "GET", "").statusCode())
                .isEqualTo(403);
        assertThat(
                        send(
                                        request(
                                                RECORDS + "2001-05-05",
                                                TestTokens.service("job-service")),
                                        "GET",
                                        "")
                                .statusCode())
                .isEqualTo(403);
        assertThat(
                        send(
                                        request(
                                                "/internal/channel-accounts/nobody/records/2001-05-05",
                                                service),
                                        "GET",
                                        "")
                                .statusCode())
                .isEqualTo(404);
        assertThat(
                        send(
                                        request(RECORDS + "lookup", service),
                                        "POST",
                                        "{\"order_numbers\":[" + "\"A\",".repeat(500) + "\"B\"]}")
                                .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> ask(String what) {
        return send(request(RECORDS + what, TestTokens.service("reconcile-service")), "GET", "");
    }

    private static List<String> lines(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().lines().toList();
    }
}
