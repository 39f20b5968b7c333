package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.testkit.EndpointAccess;
import io.ferrypay.testkit.EndpointAccess.Owner;
import io.ferrypay.tradeadmin.OpenApiTest;
import io.ferrypay.tradeadmin.settlement.SettleChannelDays;
import io.ferrypay.tradeadmin.withdrawal.Batches;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Money on its way to a merchant's bank, and back. */
class WithdrawalTest extends LedgerTest {

    private static final LocalDate TUESDAY = LocalDate.parse("2026-11-24");

    @Autowired private SettleChannelDays settle;
    @Autowired private Batches batches;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private MerchantCalls shop;
    private String account = "";

    @BeforeEach
    void a_shop_with_a_hundred_dollars_and_a_bank_account() {
        shop = new MerchantCalls(port, merchantToken(merchant, "test", MerchantCalls.SCOPES));
        happen(paid("wechat", "100.00 NZD", "100.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        account = bankAccount(shop, "Ōtākou Honey & Sons", "12-3456-0123456-00");
    }

    @Test
    void what_is_asked_for_is_set_aside_and_can_be_taken_back() {
        var asked = withdraw("40.00");
        assertThat(asked.path("status").asString()).isEqualTo("approved");
        assertThat(balance()).containsExactly("60.00", "0.00", "40.00");

        var canceled = MerchantCalls.answer(cancel(asked), 200);
        MerchantCalls.answer(cancel(asked), 200);

        assertThat(canceled.path("status").asString()).isEqualTo("canceled");
        assertThat(balance()).containsExactly("100.00", "0.00", "0.00");
    }

    @Test
    void of_fifty_who_want_everything_at_once_one_gets_it() throws Exception {
        var answers =
                atOnce(
                        IntStream.range(0, 50)
                                .mapToObj(_ ->
                                        (Callable<Integer>)
                                                () ->
                                                        shop.send(
                                                                        "POST",
                                                                        "/v2/withdrawals",
                                                                        UUID.randomUUID()
                                                                                .toString(),
                                                                        body("100.00"))
                                                                .statusCode())
                                .toList());

        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 422).hasSize(49);
        assertThat(balance()).containsExactly("0.00", "0.00", "100.00");
    }

    @Test
    void the_same_request_many_times_at_once_is_one_withdrawal() throws Exception {
        var key = UUID.randomUUID().toString();
        var answers =
                atOnce(
                        IntStream.range(0, 12)
                                .mapToObj(_ ->
                                        (Callable<String>)
                                                () ->
                                                        MerchantCalls.answer(
                                                                        shop.send(
                                                                                "POST",
                                                                                "/v2/withdrawals",
                                                                                key,
                                                                                body("100.00")),
                                                                        201)
                                                                .path("id")
                                                                .asString())
                                .toList());

        assertThat(Set.copyOf(answers)).hasSize(1);
        assertThat(balance()).containsExactly("0.00", "0.00", "100.00");
        var other = shop.send("POST", "/v2/withdrawals", key, body("99.00"));
        assertThat(MerchantCalls.answer(other, 422).path("code").asString())
                .isEqualTo("idempotency_mismatch");
        assertThat(shop.get("/v2/withdrawals").path("data")).hasSize(1);
    }

    @Test
    void a_refund_and_a_withdrawal_at_once_lose_nothing() throws Exception {
        var paid = paid("wechat", "50.00 NZD", "50.00 NZD");
        happen(paid);
        settle.run(TUESDAY.plusDays(2));
        var withdrawn = new AtomicReference<Integer>();

        atOnce(
                List.of(
                        () -> {
                            withdrawn.set(
                                    shop.send(
                                                    "POST",
                                                    "/v2/withdrawals",
                                                    UUID.randomUUID().toString(),
                                                    body("150.00"))
                                            .statusCode());
                            return 1;
                        },
                        () -> {
                            happen(
                                    refunded(
                                            paid.subject(),
                                            merchant,
                                            "requested",
                                            "wechat",
                                            "50.00 NZD",
                                            "50.00 NZD"));
                            return 1;
                        }));

        // Either the refund was first and there was not enough, or there is a debt now.
        assertThat(balance())
                .isEqualTo(
                        withdrawn.get() == 201
                                ? List.of("-50.00", "0.00", "150.00")
                                : List.of("100.00", "0.00", "0.00"));
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void a_batch_goes_to_the_bank_and_what_did_not_arrive_comes_back() throws Exception {
        var arrives = withdraw("30.00");
        var fails = withdraw("20.00");
        var returns = withdraw("10.00");
        var stays = withdraw("5.00");
        MerchantCalls.answer(cancel(stays), 200);

        var batch = cut(arrives);
        assertThat(status(fails)).isEqualTo("in_batch");
        assertThat(balance()).containsExactly("40.00", "0.00", "0.00");
        assertThat(code(cancel(fails))).isEqualTo("not_cancelable");
        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(-4000);

        var file = pain002(batch, line(arrives, "ACSC", null), line(fails, "RJCT", "AC04"));
        assertThat(respond(batch, file).path("applied").path("paid").asInt()).isEqualTo(1);
        assertThat(respond(batch, file).path("applied").path("repeated").asBoolean()).isTrue();
        assertThat(status(fails)).isEqualTo("failed");
        assertThat(shop.get("/v2/withdrawals/" + id(fails)).path("failure").asString())
                .isEqualTo("AC04");
        assertThat(status(returns)).isEqualTo("in_batch");
        assertThat(balance()).containsExactly("60.00", "0.00", "0.00");

        var csv = "withdrawal,amount,currency,status,reason\r\n%s,10.00,NZD,%s,\r\n";
        respondCsv(batch, csv.formatted(id(returns), "odd"), 200);
        assertThat(status(returns)).isEqualTo("unknown");
        assertThat(balance()).containsExactly("60.00", "0.00", "0.00");
        respondCsv(batch, csv.formatted(id(returns), "paid"), 200);
        respondCsv(batch, csv.formatted(id(returns), "returned"), 200);
        assertThat(status(returns)).isEqualTo("returned");
        assertThat(balance()).containsExactly("70.00", "0.00", "0.00");

        // What is over stays so.
        respondCsv(batch, csv.formatted(id(returns), "failed"), 200);
        assertThat(balance()).containsExactly("70.00", "0.00", "0.00");
        assertThat(shop.get("/v2/balance_entries").path("data").path(0).path("kind").asString())
                .isEqualTo("withdrawal_return");
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void the_file_for_the_bank_is_valid_and_names_everything_once() throws Exception {
        var first = withdraw("30.00");
        var second =
                MerchantCalls.answer(
                        shop.send(
                                "POST",
                                "/v2/withdrawals",
                                UUID.randomUUID().toString(),
                                body(
                                        "20.00",
                                        bankAccount(
                                                shop, "Te Kete+", "DE89 3704 0044 0532 0130 00"))),
                        201);
        var batch = cut(first);
        var staff = colleague("withdrawals:export");
        var path = "/console/api/withdrawal-batches/" + batch + "/";

        var xml = text(staff, path + "pain001.xml");

        var schema =
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                        .newSchema(
                                WithdrawalTest.class
                                        .getClassLoader()
                                        .getResource("pain.001.001.09.xsd"));
        schema.newValidator().validate(new StreamSource(new StringReader(xml)));
        assertThat(xml)
                .contains("<Nm>Otakou Honey + Sons</Nm>", "<Id>12-3456-0123456-00</Id>")
                .contains("<MmbId>123456</MmbId>", "<IBAN>DE89370400440532013000</IBAN>")
                .containsOnlyOnce("<EndToEndId>" + id(first).replace('_', '-') + "</EndToEndId>")
                .contains("<InstdAmt Ccy=\"NZD\">30.00</InstdAmt>")
                // No bank takes test money for a payment.
                .contains("<MsgId>TEST-" + batch.replace('_', '-') + "</MsgId>")
                .contains("<PmtInfId>TEST-" + batch.replace('_', '-') + "</PmtInfId>")
                .contains("<BICFI>TESTNZ20</BICFI>", "<Id>TEST-NO-ACCOUNT</Id>")
                .doesNotContain("FERRNZ2X", "00-0000-0000000-00");
        var reader = colleague("withdrawals:read");
        var list = "/console/api/withdrawal-batches";
        assertThat(ids(call(reader, "GET", list + "?livemode=false", null).body())).contains(batch);
        assertThat(ids(call(reader, "GET", list + "?livemode=true", null).body()))
                .doesNotContain(batch);
        assertThat(
                        call(reader, "GET", list, null)
                                .body()
                                .path("data")
                                .path(0)
                                .path("livemode")
                                .isBoolean())
                .isTrue();
        var answer = pain002(batch, line(first, "ACSC", null));
        respond(
                batch,
                answer.replace("<OrgnlMsgId>", "<OrgnlMsgId>TEST-")
                        .replace("<OrgnlPmtInfId>", "<OrgnlPmtInfId>TEST-"));
        assertThat(status(first)).isEqualTo("paid");
        assertThat(text(staff, path + "pain001.xml")).isEqualTo(xml);
        assertThat(text(staff, path + "transfers.csv"))
                .contains(
                        id(second)
                                + ",Te Kete+,TEST-DE89370400440532013000,,20.00,NZD,FerryPay,TEST-"
                                + batch.replace('_', '-')
                                + ","
                                + sums(batch));
        assertThat(
                        jdbc.sql(
                                        "select count(*) from audit_entry where action = ? and subject = ?")
                                .params("withdrawal_batch.exported", batch)
                                .query(Long.class)
                                .single())
                .isEqualTo(3);
        assertThat(call(colleague("withdrawals:read"), "GET", path + "pain001.xml", null).code())
                .isEqualTo("forbidden_scope");
    }

    @Test
    void a_file_that_does_not_fit_its_batch_changes_nothing() throws Exception {
        var asked = withdraw("30.00");
        var batch = cut(asked);
        var good = pain002(batch, line(asked, "ACSC", null));
        var csv = "withdrawal,amount,currency,status,reason\r\n";
        var line = id(asked) + ",30.00,NZD,paid,\r\n";

        refuse(batch, good.replaceAll("<OrgnlCtrlSum>[^<]*", "<OrgnlCtrlSum>1.00"));
        refuse(batch, good.replaceAll("<OrgnlNbOfTxs>[^<]*", "<OrgnlNbOfTxs>99999"));
        refuse(batch, good.replace(batch.replace('_', '-'), "wdb-other"));
        refuse(batch, good.replace(id(asked).replace('_', '-'), "wd-other"));
        refuse(batch, good.replace("<Document", "<!DOCTYPE x [<!ENTITY e \"x\">]><Document"));
        refuse(batch, "<not-closed>");
        respondCsv(batch, csv + line.replace("30.00", "30.01"), 422);
        respondCsv(batch, csv + line + line, 422);
        respondCsv(batch, "a,b\r\n1,2\r\n", 422);

        assertThat(status(asked)).isEqualTo("in_batch");
        assertThat(
                        jdbc.sql("select count(*) from bank_response where batch_id = ?")
                                .param(batch)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void live_money_waits_for_the_account_and_above_the_limit_for_another_person() {
        var live = new MerchantCalls(port, merchantToken(merchant, "live", MerchantCalls.SCOPES));
        happen(paid(newId("pay_"), merchant, true, "wechat", "30000.00 NZD", "30000.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        var to = bankAccount(live, "Harbour Honey", "12-3456-0123456-00");
        assertThat(code(ask(live, "11000.00", to))).isEqualTo("bank_account_not_usable");
        approve("bank_account", to, "withdrawals:approve_account");
        assertThat(code(ask(live, "11000.00", to))).isEqualTo("bank_account_not_usable");
        jdbc.sql("update bank_account set usable_from = now() where id = ?").param(to).update();

        var below = MerchantCalls.answer(ask(live, "10000.00", to), 201);
        // However small: together they are above the limit of the day.
        var split = MerchantCalls.answer(ask(live, "1.00", to), 201);
        assertThat(split.path("status").asString()).isEqualTo("pending_approval");
        MerchantCalls.answer(
                live.send("POST", "/v2/withdrawals/" + id(split) + ":cancel", null, null), 200);
        var above = MerchantCalls.answer(ask(live, "10000.01", to), 201);
        assertThat(above.path("status").asString()).isEqualTo("pending_approval");
        assertThat(below.path("status").asString()).isEqualTo("approved");
        approve("withdrawal", id(above), "withdrawals:approve");
        assertThat(live.get("/v2/withdrawals/" + id(above)).path("status").asString())
                .isEqualTo("approved");

        happen(paid(newId("pay_"), merchant, true, "wechat", "90000.00 NZD", "90000.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        assertThat(code(ask(live, "80000.00", to))).isEqualTo("daily_limit_exceeded");
        var rejected = MerchantCalls.answer(ask(live, "20000.00", to), 201);
        reject("withdrawal", id(rejected), "withdrawals:approve");
        assertThat(live.get("/v2/withdrawals/" + id(rejected)).path("status").asString())
                .isEqualTo("rejected");
        var taken = MerchantCalls.answer(ask(live, "20000.00", to), 201);
        MerchantCalls.answer(
                live.send("POST", "/v2/withdrawals/" + id(taken) + ":cancel", null, null), 200);
        var balances = live.get("/v2/balances").path("balances").path(0);
        assertThat(balances.path("reserved").asString()).isEqualTo("20000.01");
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void nothing_goes_to_a_removed_account() {
        var first = withdraw("40.00");
        var other = bankAccount(shop, "Te Kete", "DE89 3704 0044 0532 0130 00");
        var goes = MerchantCalls.answer(ask(shop, "5.00", other), 201);

        MerchantCalls.answer(
                shop.send("POST", "/v2/bank_accounts/" + account + ":remove", null, null), 200);

        assertThat(status(first)).isEqualTo("canceled");
        assertThat(balance()).containsExactly("95.00", "0.00", "5.00");
        var stays =
                MerchantCalls.answer(
                        ask(shop, "7.00", bankAccount(shop, "Te Kete", "12-3456-0123456-00")), 201);
        jdbc.sql("update bank_account set status = 'removed' where id = ?")
                .param(stays.path("bank_account").asString())
                .update();
        cut(goes);
        assertThat(status(goes)).isEqualTo("in_batch");
        assertThat(status(stays)).isEqualTo("approved");
        MerchantCalls.answer(cancel(stays), 200);
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void removing_an_account_takes_back_what_waits_for_approval() {
        var live = new MerchantCalls(port, merchantToken(merchant, "live", MerchantCalls.SCOPES));
        happen(paid(newId("pay_"), merchant, true, "wechat", "30000.00 NZD", "30000.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        var to = bankAccount(live, "Harbour Honey", "12-3456-0123456-00");
        approve("bank_account", to, "withdrawals:approve_account");
        jdbc.sql("update bank_account set usable_from = now() where id = ?").param(to).update();
        var waits = MerchantCalls.answer(ask(live, "20000.00", to), 201);

        // Approval looks at the account again.
        jdbc.sql("update bank_account set usable_from = now() + interval '1 day' where id = ?")
                .param(to)
                .update();
        assertThat(tryApprove(waits)).isEqualTo("bank_account_not_usable");
        MerchantCalls.answer(
                live.send("POST", "/v2/bank_accounts/" + to + ":remove", null, null), 200);

        assertThat(live.get("/v2/withdrawals/" + id(waits)).path("status").asString())
                .isEqualTo("canceled");
        assertThat(
                        jdbc.sql("select status from approval where subject = ?")
                                .param(id(waits))
                                .query(String.class)
                                .single())
                .isEqualTo("withdrawn");
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void an_account_is_removed_while_its_withdrawals_are_decided_and_others_asked_for()
            throws Exception {
        var live = new MerchantCalls(port, merchantToken(merchant, "live", MerchantCalls.SCOPES));
        happen(paid(newId("pay_"), merchant, true, "wechat", "90000.00 NZD", "90000.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        for (var i = 0; i < 6; i++) {
            var to = bankAccount(live, "Harbour Honey", "12-3456-0123456-00");
            approve("bank_account", to, "withdrawals:approve_account");
            jdbc.sql("update bank_account set usable_from = now() where id = ?").param(to).update();
            var waits = MerchantCalls.answer(ask(live, "10001.00", to), 201);
            var remove = "/v2/bank_accounts/" + to + ":remove";

            var answers =
                    atOnce(
                            List.<Callable<Integer>>of(
                                    () -> live.send("POST", remove, null, null).statusCode(),
                                    () -> ask(live, "1.00", to).statusCode(),
                                    () -> statusOfApproving(waits)));

            assertThat(answers).allMatch(status -> status < 500);
            assertThat(liveStatus(live, waits)).isEqualTo("canceled");
        }
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    private int statusOfApproving(JsonNode withdrawal) {
        var approval =
                jdbc.sql("select id, version from approval where subject = ?")
                        .param(id(withdrawal))
                        .query()
                        .singleRow();
        return call(
                        colleague("withdrawals:approve"),
                        "POST",
                        "/console/api/approvals/" + approval.get("id") + ":approve",
                        "{\"version\":%s}".formatted(approval.get("version")))
                .status();
    }

    @Test
    void however_many_wait_for_a_balance_they_hold_up_nobody() {
        var sale = paid("wechat", "25.00 NZD", "25.00 NZD");
        happen(sale);
        settle.run(TUESDAY.plusDays(2));
        jdbc.sql(
                        """
                        insert into withdrawal (id, book, merchant_id, currency, amount_minor, bank_account_id,
                            reference, status, idempotency_key, fingerprint, created_at, changed_at)
                        select 'wd_' || ? || n, 'test', ?, 'NZD', 2, ?, 'many', 'approved', 'many ' || n, '',
                               now() - interval '1 day', now()
                          from generate_series(1, 5001) n
                        """)
                .params(merchant.substring(22), merchant, account)
                .update();
        happen(refunded(sale.subject(), merchant, "requested", "wechat", "25.00 NZD", "25.00 NZD"));
        assertThat(balance().getFirst()).startsWith("-");
        var other = newId("mer_");
        var others = new MerchantCalls(port, merchantToken(other, "test", MerchantCalls.SCOPES));
        happen(paid(newId("pay_"), other, false, "wechat", "9.00 NZD", "9.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        var asked =
                MerchantCalls.answer(
                        ask(others, "9.00", bankAccount(others, "H", "12-3456-0123456-00")), 201);

        assertThat(cut(asked, others)).startsWith("wdb_");

        assertThat(
                        jdbc.sql(
                                        "select count(*) from withdrawal where merchant_id = ?"
                                                + " and failure = 'balance_below_zero'")
                                .param(merchant)
                                .query(Long.class)
                                .single())
                .isEqualTo(5001);
        jdbc.sql("update withdrawal set status = 'canceled' where merchant_id = ?")
                .param(merchant)
                .update();
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void what_a_merchant_below_zero_asked_for_stays_until_it_is_not() {
        var sale = paid("wechat", "25.00 NZD", "25.00 NZD");
        happen(sale);
        settle.run(TUESDAY.plusDays(2));
        var asked = withdraw("120.00");
        happen(refunded(sale.subject(), merchant, "requested", "wechat", "25.00 NZD", "25.00 NZD"));

        cut(asked);

        assertThat(status(asked)).isEqualTo("approved");
        assertThat(shop.get("/v2/withdrawals/" + id(asked)).path("failure").asString())
                .isEqualTo("balance_below_zero");
        assertThat(balance()).containsExactly("-20.00", "0.00", "120.00");

        happen(paid("wechat", "30.00 NZD", "30.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        cut(asked);
        assertThat(status(asked)).isEqualTo("in_batch");
        assertThat(shop.get("/v2/withdrawals/" + id(asked)).path("failure").isString()).isFalse();
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void real_money_comes_back_only_after_another_person_has_seen_the_banks_answer() {
        var live = new MerchantCalls(port, merchantToken(merchant, "live", MerchantCalls.SCOPES));
        happen(paid(newId("pay_"), merchant, true, "wechat", "100.00 NZD", "100.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        var to = bankAccount(live, "Harbour Honey", "12-3456-0123456-00");
        approve("bank_account", to, "withdrawals:approve_account");
        jdbc.sql("update bank_account set usable_from = now() where id = ?").param(to).update();
        var arrives = MerchantCalls.answer(ask(live, "30.00", to), 201);
        var fails = MerchantCalls.answer(ask(live, "40.00", to), 201);
        var batch = cut(arrives, live);
        var clerk = colleague("withdrawals:export", "withdrawals:approve", "approvals:read");
        var csv =
                """
                withdrawal,amount,currency,status,reason
                %s,30.00,NZD,paid,
                %s,40.00,NZD,failed,AC04
                """
                        .formatted(id(arrives), id(fails));

        var heard = respond(clerk, batch, csv, "text/csv", 202);

        assertThat(heard.path("applied").isNull()).isTrue();
        assertThat(liveStatus(live, arrives)).isEqualTo("in_batch");
        assertThat(liveStatus(live, fails)).isEqualTo("in_batch");
        assertThat(respond(clerk, batch, csv, "text/csv", 409).path("code").asString())
                .isEqualTo("approval_pending");
        var approval = "/console/api/approvals/" + heard.path("approval").asString();
        assertThat(call(clerk, "POST", approval + ":approve", "{\"version\":1}").code())
                .isEqualTo("own_request");

        reject("bank_answer", subject(heard), "withdrawals:approve");
        assertThat(liveStatus(live, fails)).isEqualTo("in_batch");
        var again = respond(clerk, batch, csv, "text/csv", 202);
        approve("bank_answer", subject(again), "withdrawals:approve");

        assertThat(liveStatus(live, arrives)).isEqualTo("paid");
        assertThat(liveStatus(live, fails)).isEqualTo("failed");
        var balance = live.get("/v2/balances").path("balances").path(0);
        assertThat(balance.path("available").asString()).isEqualTo("70.00");
        assertThat(
                        respond(clerk, batch, csv, "text/csv", 200)
                                .path("applied")
                                .path("repeated")
                                .asBoolean())
                .isTrue();
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void a_bank_that_takes_its_word_back_is_believed_where_money_is_with_us_and_reported_else() {
        var asked = withdraw("30.00");
        var other = withdraw("20.00");
        var batch = cut(asked);
        respond(batch, pain002(batch, line(asked, "ACSC", null), line(other, "RJCT", "AC04")));

        var later =
                respond(
                                batch,
                                pain002(
                                        batch,
                                        line(asked, "RJCT", "AC04"),
                                        line(other, "ACSC", null)))
                        .path("applied");

        assertThat(status(asked)).isEqualTo("returned");
        assertThat(status(other)).isEqualTo("failed");
        assertThat(later.path("returned").asInt()).isEqualTo(1);
        assertThat(later.path("contradicting").asInt()).isEqualTo(1);
        assertThat(balance()).containsExactly("100.00", "0.00", "0.00");
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void a_status_of_the_whole_message_is_that_of_all_it_does_not_name() {
        var first = withdraw("30.00");
        var second = withdraw("20.00");
        var batch = cut(first);
        refuse(batch, pain002(batch));

        respond(batch, ofTheWhole(pain002(batch), "ACCP"));
        assertThat(status(first)).isEqualTo("in_batch");

        respond(batch, ofTheWhole(pain002(batch, line(first, "ACSC", null)), "RJCT"));

        assertThat(status(first)).isEqualTo("paid");
        assertThat(status(second)).isEqualTo("failed");
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    private static String ofTheWhole(String pain002, String status) {
        return pain002.replace(
                "</OrgnlPmtInfId>", "</OrgnlPmtInfId><PmtInfSts>" + status + "</PmtInfSts>");
    }

    @Test
    void who_takes_a_file_or_brings_an_answer_proves_again_who_they_are() {
        var asked = withdraw("30.00");
        var batch = cut(asked);
        var staff = colleague("withdrawals:export");
        var sleepy =
                new StaffCaller(
                        staff.accountId(),
                        staff.personId(),
                        staff.name(),
                        staff.permissions(),
                        staff.sessionId(),
                        Instant.now().minus(StaffCaller.STEP_UP_LIFE),
                        staff.address());
        var path = "/console/api/withdrawal-batches/" + batch + "/";

        for (var file : List.of("pain001.xml", "transfers.csv")) {
            assertThat(call(sleepy, "GET", path + file, null).code()).isEqualTo("step_up_required");
        }
        var answer =
                respond(
                        sleepy,
                        batch,
                        pain002(batch, line(asked, "RJCT", "AC04")),
                        "application/xml",
                        403);
        assertThat(answer.path("code").asString()).isEqualTo("step_up_required");
        assertThat(status(asked)).isEqualTo("in_batch");
    }

    @Test
    void a_file_with_a_number_that_does_not_open_is_not_handed_out_in_part() {
        var batch = cut(withdraw("30.00"));
        jdbc.sql("update bank_account set number_sealed = 'k0.x.y' where id = ?")
                .param(account)
                .update();
        var staff = colleague("withdrawals:export");

        for (var file : List.of("pain001.xml", "transfers.csv")) {
            assertThatThrownBy(() ->
                            text(staff, "/console/api/withdrawal-batches/" + batch + "/" + file))
                    .hasMessageContaining("answers 500");
        }
    }

    /**
     * How many there are in the batch and how much, as its CSV says: other tests' are among them.
     */
    private String sums(String batch) {
        return jdbc.sql(
                        "select count(*) || ',' || to_char(sum(amount_minor) / 100.0, 'FM999990.00')"
                                + " from withdrawal where batch_id = ?")
                .param(batch)
                .query(String.class)
                .single();
    }

    private static String liveStatus(MerchantCalls live, JsonNode withdrawal) {
        return live.get("/v2/withdrawals/" + id(withdrawal)).path("status").asString();
    }

    private String subject(JsonNode heard) {
        return jdbc.sql("select subject from approval where id = ?")
                .param(heard.path("approval").asString())
                .query(String.class)
                .single();
    }

    private String tryApprove(JsonNode withdrawal) {
        var approval =
                jdbc.sql("select id, version from approval where subject = ?")
                        .param(id(withdrawal))
                        .query()
                        .singleRow();
        return call(
                        colleague("withdrawals:approve"),
                        "POST",
                        "/console/api/approvals/" + approval.get("id") + ":approve",
                        "{\"version\":%s}".formatted(approval.get("version")))
                .code();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("data").valueStream().map(one -> one.path("id").asString()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE status = 'paid', paid",
        "UPDATE amount_minor = 1, what was asked for stays",
        "UPDATE status = 'returned', returned"
    })
    void the_table_itself_refuses_what_cannot_be(String change, String message) {
        var asked = withdraw("30.00");

        assertThatThrownBy(() ->
                        jdbc.sql(
                                        change.replace("UPDATE", "update withdrawal set")
                                                + " where id = ?")
                                .param(id(asked))
                                .update())
                .hasMessageContaining(message);
        MerchantCalls.answer(cancel(asked), 200);
    }

    @ParameterizedTest
    @CsvSource({
        "0.99, NZD, amount_below_minimum, 422",
        "100.01, NZD, insufficient_balance, 422",
        "1.00, AUD, bank_account_not_usable, 422",
        "0.00, NZD, invalid_request, 400",
        "1.001, NZD, invalid_request, 400",
        "-5.00, NZD, invalid_request, 400",
        "1.00, XXX, invalid_request, 400"
    })
    void a_withdrawal_that_cannot_be_is_refused_and_takes_nothing(
            String amount, String currency, String code, int status) {
        var refused =
                shop.send(
                        "POST",
                        "/v2/withdrawals",
                        UUID.randomUUID().toString(),
                        body(amount).replace("\"NZD\"", "\"" + currency + "\""));

        assertThat(MerchantCalls.answer(refused, status).path("code").asString()).isEqualTo(code);
        assertThat(balance()).containsExactly("100.00", "0.00", "0.00");
    }

    @Test
    void a_request_without_a_key_is_refused() {
        assertThat(code(shop.send("POST", "/v2/withdrawals", null, body("1.00"))))
                .isEqualTo("idempotency_key_missing");
    }

    @Test
    void a_number_is_kept_sealed_and_shown_masked() {
        assertThat(shop.get("/v2/bank_accounts/" + account).path("masked").asString())
                .isEqualTo("12-3456-****456-00");
        assertThat(
                        jdbc.sql("select number_sealed from bank_account where id = ?")
                                .param(account)
                                .query(String.class)
                                .single())
                .startsWith("k1.")
                .doesNotContain("0123456");
        for (var number : List.of("DE89370400440532013001", "12-3456-01234", "", "x")) {
            assertThat(
                            code(
                                    shop.send(
                                            "POST",
                                            "/v2/bank_accounts",
                                            null,
                                            "{\"currency\":\"NZD\",\"holder\":\"H\",\"number\":\""
                                                    + number
                                                    + "\"}")))
                    .isEqualTo("invalid_request");
        }
        MerchantCalls.answer(
                shop.send("POST", "/v2/bank_accounts/" + account + ":remove", null, null), 200);
        assertThat(code(ask(shop, "1.00", account))).isEqualTo("bank_account_unknown");
    }

    @Test
    void the_verifier_sees_a_withdrawal_without_its_journal_and_money_set_aside_for_nothing() {
        var asked = withdraw("30.00");
        tamper(
                "merchant_balance",
                "update merchant_balance set reserved_minor = reserved_minor - 1,"
                        + " available_minor = available_minor + 1 where merchant_id = '"
                        + merchant
                        + "'");

        assertThat(check("what_is_set_aside_has_a_reason").violations()).isEqualTo(1);

        tamper(
                "merchant_balance",
                "update merchant_balance set reserved_minor = reserved_minor + 1,"
                        + " available_minor = available_minor - 1 where merchant_id = '"
                        + merchant
                        + "'");
        var batch = cut(asked);
        tamper(
                "withdrawal",
                "update withdrawal set status = 'paid' where id = '" + id(asked) + "'");
        assertThat(check("every_withdrawal_has_the_journals_of_its_status").examples())
                .containsExactly(id(asked) + " paid: left 3000, sent 0, back 0");
        assertThat(check("what_is_in_transit_is_with_the_bank").violations()).isEqualTo(1);
        tamper(
                "withdrawal",
                "update withdrawal set status = 'in_batch' where id = '" + id(asked) + "'");
        respond(batch, pain002(batch, line(asked, "ACSC", null)));
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> endpoints() {
        var rules = new HashMap<String, String>();
        rules.put("GET /v2/withdrawals", "withdrawals:read");
        rules.put("POST /v2/withdrawals", "withdrawals:write");
        rules.put("GET /v2/withdrawals/{id}", "withdrawals:read");
        rules.put("POST /v2/withdrawals/{id}:cancel", "withdrawals:write");
        rules.put("GET /v2/bank_accounts", "withdrawals:read");
        rules.put("POST /v2/bank_accounts", "withdrawals:write");
        rules.put("GET /v2/bank_accounts/{id}", "withdrawals:read");
        rules.put("POST /v2/bank_accounts/{id}:remove", "withdrawals:write");
        rules.put("GET /v2/withdrawal_schedules", "withdrawals:read");
        rules.put("POST /v2/withdrawal_schedules", "withdrawals:write");
        rules.put("GET /v2/withdrawal_schedules/{id}", "withdrawals:read");
        rules.put("POST /v2/withdrawal_schedules/{id}:pause", "withdrawals:write");
        rules.put("POST /v2/withdrawal_schedules/{id}:resume", "withdrawals:write");
        rules.put("POST /v2/withdrawal_schedules/{id}:end", "withdrawals:write");
        var scheduled =
                MerchantCalls.answer(
                        shop.send(
                                "POST",
                                "/v2/withdrawal_schedules",
                                null,
                                "{\"currency\":\"NZD\",\"bank_account\":\"%s\",\"every\":\"day\"}"
                                        .formatted(account)),
                        201);
        var asked = id(withdraw("1.00"));
        var ids = new HashMap<String, String>();
        rules.keySet()
                .forEach(endpoint ->
                        ids.put(
                                endpoint,
                                endpoint.contains("/withdrawals")
                                        ? asked
                                        : endpoint.contains("_schedules")
                                                ? id(scheduled)
                                                : account));
        Predicate<String> ours = endpoint -> endpoint.matches(".* /v2/(withdrawal|bank_account).*");
        var endpoints = EndpointAccess.endpoints(mappings, "/v2/");
        endpoints.removeIf(ours.negate());
        var described = OpenApiTest.DESCRIPTION.operations();
        described.removeIf(ours.negate());
        return new EndpointAccess(
                        port,
                        (id, mode, scopes) -> merchantToken(id, mode, scopes),
                        new Owner(
                                merchant,
                                newId("mer_"),
                                Set.copyOf(MerchantCalls.SCOPES),
                                ids,
                                Map.of(
                                        "POST /v2/withdrawals",
                                        body("1.00"),
                                        "POST /v2/withdrawal_schedules",
                                        "{\"currency\":\"NZD\",\"every\":\"day\"}",
                                        "POST /v2/bank_accounts",
                                        "{\"currency\":\"NZD\",\"holder\":\"H\",\"number\":\"x\"}")))
                .tests(endpoints, described, rules);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        var answers = new ArrayList<T>();
        try (var pool = Executors.newFixedThreadPool(calls.size())) {
            for (var answer : pool.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static String bankAccount(MerchantCalls shop, String holder, String number) {
        return MerchantCalls.answer(
                        shop.send(
                                "POST",
                                "/v2/bank_accounts",
                                null,
                                "{\"currency\":\"NZD\",\"holder\":\""
                                        + holder
                                        + "\",\"number\":\""
                                        + number
                                        + "\"}"),
                        201)
                .path("id")
                .asString();
    }

    private String body(String amount) {
        return body(amount, account);
    }

    private static String body(String amount, String account) {
        return "{\"amount\":\"%s\",\"currency\":\"NZD\",\"bank_account\":\"%s\"}"
                .formatted(amount, account);
    }

    private JsonNode withdraw(String amount) {
        return MerchantCalls.answer(ask(shop, amount, account), 201);
    }

    private static java.net.http.HttpResponse<String> ask(
            MerchantCalls shop, String amount, String account) {
        return shop.send(
                "POST", "/v2/withdrawals", UUID.randomUUID().toString(), body(amount, account));
    }

    private java.net.http.HttpResponse<String> cancel(JsonNode withdrawal) {
        return shop.send("POST", "/v2/withdrawals/" + id(withdrawal) + ":cancel", null, null);
    }

    private String code(java.net.http.HttpResponse<String> answer) {
        return json.readTree(answer.body()).path("code").asString();
    }

    private static String id(JsonNode withdrawal) {
        return withdrawal.path("id").asString();
    }

    private String status(JsonNode withdrawal) {
        return shop.get("/v2/withdrawals/" + id(withdrawal)).path("status").asString();
    }

    /** The batch in which a withdrawal went, on a day of its own. */
    private String cut(JsonNode withdrawal) {
        return cut(withdrawal, shop);
    }

    private String cut(JsonNode withdrawal, MerchantCalls of) {
        var day =
                LocalDate.of(2030, 1, 1)
                        .plusDays(
                                jdbc.sql("select count(*) from withdrawal_batch")
                                        .query(Long.class)
                                        .single());
        batches.cut(day, Instant.now().plusSeconds(60));
        batches.cut(day, Instant.now().plusSeconds(60));
        return of.get("/v2/withdrawals/" + id(withdrawal)).path("batch").asString();
    }

    private static String line(JsonNode withdrawal, String status, @Nullable String reason) {
        return "<TxInfAndSts><OrgnlEndToEndId>"
                + id(withdrawal).replace('_', '-')
                + "</OrgnlEndToEndId><TxSts>"
                + status
                + "</TxSts>"
                + (reason == null
                        ? ""
                        : "<StsRsnInf><Rsn><Cd>" + reason + "</Cd></Rsn></StsRsnInf>")
                + "<OrgnlTxRef><Amt><InstdAmt Ccy=\"NZD\">"
                + withdrawal.path("amount").asString()
                + "</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>";
    }

    private String pain002(String batch, String... lines) {
        var totals = batches.get(batch);
        var xml =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document"
                        + " xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>"
                        + "<GrpHdr><MsgId>R-1</MsgId><CreDtTm>2026-11-26T03:00:00</CreDtTm></GrpHdr>"
                        + "<OrgnlGrpInfAndSts><OrgnlMsgId>"
                        + batch.replace('_', '-')
                        + "</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><OrgnlNbOfTxs>"
                        + totals.withdrawals()
                        + "</OrgnlNbOfTxs><OrgnlCtrlSum>"
                        + totals.total().toDecimalString()
                        + "</OrgnlCtrlSum></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>"
                        + batch.replace('_', '-')
                        + "</OrgnlPmtInfId>"
                        + String.join("", lines)
                        + "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>";
        try {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(
                            WithdrawalTest.class
                                    .getClassLoader()
                                    .getResource("pain.002.001.10.xsd"))
                    .newValidator()
                    .validate(new StreamSource(new StringReader(xml)));
        } catch (org.xml.sax.SAXException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        return xml;
    }

    private JsonNode respond(String batch, String xml) {
        return respond(batch, xml, "application/xml", 200);
    }

    private void refuse(String batch, String xml) {
        assertThat(respond(batch, xml, "application/xml", 422).path("code").asString())
                .isEqualTo("bank_response_refused");
    }

    private void respondCsv(String batch, String csv, int status) {
        respond(batch, csv, "text/csv", status);
    }

    private JsonNode respond(String batch, String file, String type, int status) {
        return respond(colleague("withdrawals:export"), batch, file, type, status);
    }

    private JsonNode respond(
            StaffCaller staff, String batch, String file, String type, int status) {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + port
                                                + "/console/api/withdrawal-batches/"
                                                + batch
                                                + "/responses"))
                        .header("Content-Type", type)
                        .header("Authorization", "Bearer " + tokenOf(staff))
                        .POST(BodyPublishers.ofString(file))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            return MerchantCalls.answer(http.send(request, BodyHandlers.ofString()), status);
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void approve(String kind, String subject, String permission) {
        decide(kind, subject, permission, "approve", "{\"version\":%d}");
    }

    private void reject(String kind, String subject, String permission) {
        decide(kind, subject, permission, "reject", "{\"version\":%d,\"reason\":\"No\"}");
    }

    private void decide(String kind, String subject, String permission, String how, String body) {
        StaffCaller checker = colleague(permission);
        var approval =
                jdbc.sql(
                                "select id, version from approval where kind = ? and subject = ?"
                                        + " and status = 'pending'")
                        .params(kind, subject)
                        .query()
                        .singleRow();
        var answer =
                call(
                        checker,
                        "POST",
                        "/console/api/approvals/" + approval.get("id") + ":" + how,
                        body.formatted(approval.get("version")));
        assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(200);
    }

    /** Available, pending and reserved, as the shop sees them. */
    private List<String> balance() {
        var balance = shop.get("/v2/balances").path("balances").path(0);
        return Stream.of("available", "pending", "reserved")
                .map(name -> balance.path(name).asString())
                .toList();
    }
}
