package io.ferrypay.notify.wechatmessage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.events.Event;
import io.ferrypay.notify.webhook.NotifyServiceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "ferry.wechat-messages.follow=false",
            "ferry.public-url=http://phones.example",
            "ferry.wechat-messages.schedule=0s,200ms,300ms",
            "ferry.wechat-messages.call-timeout=1s",
            "ferry.wechat-messages.lease=3s",
            "ferry.wechat-messages.rest-when-misconfigured=1s"
        })
@ExtendWith(OutputCaptureExtension.class)
class WechatMessageTest extends NotifyServiceTest {

    private static final FakeWechat WECHAT = newWechat();
    private static final String BINDINGS = "/v2/wechat_bindings";
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    @Autowired private TakeMessages take;
    @Autowired private DeliverMessages deliver;

    private static FakeWechat newWechat() {
        try {
            return new FakeWechat();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @DynamicPropertySource
    static void officialAccount(DynamicPropertyRegistry registry) throws IOException {
        var secret = Files.createTempFile("app-secret-", ".txt");
        Files.writeString(secret, "the-app-secret\n");
        secret.toFile().deleteOnExit();
        var token = Files.createTempFile("message-token-", ".txt");
        Files.writeString(token, "the-token\n");
        token.toFile().deleteOnExit();
        var account = "ferry.wechat-messages.accounts[0].";
        registry.add(account + "mode", () -> "test");
        registry.add(account + "appid", () -> "wx1");
        registry.add(account + "secret-file", secret::toString);
        registry.add(account + "token-file", token::toString);
        registry.add(account + "alert-template.id", () -> "alert-template");
        registry.add(account + "alert-template.fields[0].keyword", () -> "thing1");
        registry.add(account + "alert-template.fields[0].content", () -> "code");
        registry.add(account + "alert-template.fields[1].keyword", () -> "thing2");
        registry.add(account + "alert-template.fields[1].content", () -> "what");
        registry.add(account + "api-url", () -> WECHAT.url().toString());
        registry.add(account + "authorize-url", () -> "https://open.example/authorize");
        for (var template : List.of("payment", "refund")) {
            registry.add(account + template + "-template.id", () -> template + "-template");
            var fields = List.of("character_string1 reference", "amount2 amount", "thing3 status");
            for (var i = 0; i < fields.size(); i++) {
                var field = fields.get(i).split(" ", 2);
                var name = account + template + "-template.fields[" + i + "].";
                registry.add(name + "keyword", () -> field[0]);
                registry.add(name + "content", () -> field[1]);
            }
        }
    }

    @BeforeEach
    void forgetWechat() {
        WECHAT.reset();
        jdbc.sql("delete from wechat_account_rest").update();
    }

    @AfterEach
    void endWhatIsLeft() {
        jdbc.sql("update wechat_message set status = 'dropped' where status = 'pending'").update();
    }

    @Test
    void who_scans_the_code_hears_of_payments_they_chose() {
        var binding = bound("payment.paid");
        assertThat(binding.path("status").asString()).isEqualTo("bound");
        assertThat(binding.toString()).doesNotContain("oPerson1");

        var event = paid("120.00", "ORDER-1");
        happen(event, refunded());

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("sent"));
        assertThat(WECHAT.messages).hasSize(1);
        var message = WECHAT.messages.getFirst();
        assertThat(message.path("touser").asString()).isEqualTo("oPerson1");
        assertThat(message.path("template_id").asString()).isEqualTo("payment-template");
        assertThat(message.path("data").path("amount2").path("value").asString())
                .isEqualTo("NZD 120.00");
        assertThat(message.path("data").path("character_string1").path("value").asString())
                .isEqualTo("ORDER-1");
        assertThat(message.path("data").path("thing3").path("value").asString()).isEqualTo("已支付");

        var log = call("GET", "/v2/wechat_messages", null, reader()).body().path("data");
        assertThat(log.size()).isEqualTo(1);
        assertThat(log.path(0).path("status").asString()).isEqualTo("sent");
        assertThat(log.path(0).path("binding").asString()).isEqualTo(binding.path("id").asString());
        assertThat(log.toString()).doesNotContain("oPerson1");
    }

    @Test
    void an_event_told_twice_and_by_many_hands_is_one_message() throws Exception {
        bound("payment.paid");
        var event = paid("1.00", "ORDER-2");

        Callable<Boolean> apply =
                () -> {
                    happen(event, event);
                    deliver.wake();
                    return true;
                };
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var done : pool.invokeAll(Collections.nCopies(8, apply))) {
                done.get();
            }
        }

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("sent"));
        assertThat(WECHAT.messages).hasSize(1);
    }

    @Test
    void a_message_whose_answer_was_lost_is_not_told_twice() {
        bound("payment.paid");
        WECHAT.answers("hang-up");
        var event = paid("1.00", "ORDER-3");

        happen(event);

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("sent"));
        assertThat(WECHAT.messages).hasSize(1);
        assertThat(WECHAT.sends.get()).isEqualTo(2);
    }

    @Test
    void a_message_of_a_process_that_died_goes_out_when_its_lease_is_over() {
        bound("payment.paid");
        WECHAT.answers("-1", "-1", "-1", "-1", "-1");
        var event = paid("1.00", "ORDER-4");
        happen(event);
        await().atMost(SOON).until(() -> attemptsOf(event.id()) >= 1);
        WECHAT.reset();
        jdbc.sql(
                        "update wechat_message set status = 'pending', attempts = 0, claims = claims + 1, leased_until = now() + interval '1 second' where event_id = ?")
                .param(event.id())
                .update();

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("sent"));

        assertThat(WECHAT.messages).hasSize(1);
    }

    @Test
    void a_bad_token_is_exchanged_once_and_the_message_goes_out() {
        bound("payment.paid");
        var first = paid("1.00", "ORDER-5");
        happen(first);
        await().atMost(SOON).until(() -> stateOf(first.id()).equals("sent"));

        WECHAT.changeToken();
        var second = paid("1.00", "ORDER-6");
        happen(second);

        await().atMost(SOON).until(() -> stateOf(second.id()).equals("sent"));
        assertThat(WECHAT.tokenRequests.getLast().path("force_refresh").asBoolean()).isTrue();
        assertThat(attemptsOf(second.id())).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "43004, unfollowed",
        "43019, blocked",
        "43101, refused",
        "40003, unknown_to_account"
    })
    void who_can_not_be_written_to_any_more_is_forgotten_and_the_shop_told(
            String errcode, String reason) {
        var binding = bound("payment.paid").path("id").asString();
        WECHAT.answers(errcode);
        var event = paid("1.00", "ORDER-7");

        happen(event);

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("dropped"));
        var ended = call("GET", BINDINGS + "/" + binding, null, reader()).body();
        assertThat(ended.path("status").asString()).isEqualTo("ended");
        assertThat(ended.path("ended_reason").asString()).isEqualTo(reason);
        assertThat(
                        jdbc.sql("select sealed_openid from wechat_binding where id = ?")
                                .param(binding)
                                .query((row, _) -> String.valueOf(row.getString(1)))
                                .single())
                .isEqualTo("null");
        var told =
                jdbc.sql("select body from told_event where subject = ?")
                        .param(binding)
                        .query(String.class)
                        .list();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst())
                .contains("wechat_binding.ended", reason)
                .doesNotContain("oPerson");

        var later = paid("1.00", "ORDER-8");
        happen(later);
        assertThat(messagesOf(later.id())).isZero();
    }

    @Test
    void a_used_up_quota_stops_the_account_until_the_next_day(CapturedOutput output) {
        bound("payment.paid");
        WECHAT.answers("45009");
        var first = paid("1.00", "ORDER-9");
        happen(first);
        await().atMost(SOON)
                .until(() ->
                        jdbc.sql("select count(*) from wechat_account_rest")
                                        .query(Long.class)
                                        .single()
                                == 1);
        var second = paid("1.00", "ORDER-10");
        happen(second);

        await().during(java.time.Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> WECHAT.messages.isEmpty());
        assertThat(stateOf(first.id())).isEqualTo("pending");
        assertThat(attemptsOf(first.id())).isZero();
        assertThat(output.getOut()).contains("used up its messages of today");

        jdbc.sql("update wechat_account_rest set until = now()").update();
        jdbc.sql("update wechat_message set next_attempt_at = now() where status = 'pending'")
                .update();
        await().atMost(SOON).until(() -> stateOf(first.id()).equals("sent"));
        await().atMost(SOON).until(() -> stateOf(second.id()).equals("sent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40037", "40164", "48001", "50001"})
    void a_wrong_setting_is_alarmed_and_no_message_lost(String errcode, CapturedOutput output) {
        bound("payment.paid");
        WECHAT.answers(errcode);
        var event = paid("1.00", "ORDER-11");

        happen(event);

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("sent"));
        assertThat(output.getOut()).contains("is not set up as it must be, WeChat says " + errcode);
    }

    @Test
    void a_message_that_does_not_fit_its_template_is_given_up(CapturedOutput output) {
        bound("payment.paid");
        WECHAT.answers("47003");
        var event = paid("1.00", "ORDER-12");

        happen(event);

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("dead"));
        assertThat(output.getOut()).contains("has other keywords than the settings");
    }

    @Test
    void what_is_busy_is_tried_again_and_given_up_in_the_end() {
        bound("payment.paid");
        WECHAT.answers("-1", "45011", "45047");
        var event = paid("1.00", "ORDER-13");

        happen(event);

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("dead"));
        assertThat(attemptsOf(event.id())).isEqualTo(3);
        assertThat(WECHAT.messages).isEmpty();
    }

    @Test
    void a_code_binds_once_and_only_while_it_is_fresh() throws Exception {
        var first = invite("payment.paid");
        assertThat(scan(first)).contains("已绑定");
        WECHAT.scannedBy("oPerson2");
        assertThat(scan(first)).contains("二维码已失效");

        var old = invite("payment.paid");
        jdbc.sql("update wechat_binding set code_ends_at = now() where id = ?")
                .param(old.path("id").asString())
                .update();
        assertThat(scan(old)).contains("二维码已失效");

        var racing = invite("payment.paid");
        Callable<String> scan = () -> scan(racing);
        try (var pool = Executors.newFixedThreadPool(8)) {
            var bound = 0;
            for (var page : pool.invokeAll(Collections.nCopies(8, scan))) {
                bound += page.get().contains("已绑定") ? 1 : 0;
            }
            assertThat(bound).isEqualTo(1);
        }
    }

    @Test
    void who_is_bound_again_hears_of_a_payment_once() {
        var before = bound("payment.paid").path("id").asString();
        bound("payment.paid", "refund.succeeded");
        var event = paid("1.00", "ORDER-14");

        happen(event);

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("sent"));
        assertThat(WECHAT.messages).hasSize(1);
        assertThat(
                        call("GET", BINDINGS + "/" + before, null, reader())
                                .body()
                                .path("ended_reason")
                                .asString())
                .isEqualTo("bound_again");
    }

    @Test
    void who_comes_too_late_stays_bound_as_before() {
        var before = bound("payment.paid").path("id").asString();
        var late = invite("payment.paid");
        WECHAT.meanwhile(() ->
                jdbc.sql("update wechat_binding set code_ends_at = now() where id = ?")
                        .param(late.path("id").asString())
                        .update());

        assertThat(scan(late)).contains("二维码已失效");

        assertThat(
                        call("GET", BINDINGS + "/" + before, null, reader())
                                .body()
                                .path("status")
                                .asString())
                .isEqualTo("bound");
    }

    @Test
    void who_scans_many_codes_at_once_is_bound_once() throws Exception {
        var codes =
                java.util.stream.Stream.generate(() -> invite("payment.paid")).limit(8).toList();

        try (var pool = Executors.newFixedThreadPool(8)) {
            var scans = codes.stream().map(code -> (Callable<String>) () -> scan(code)).toList();
            for (var page : pool.invokeAll(scans)) {
                assertThat(page.get()).contains("已绑定");
            }
        }

        assertThat(
                        jdbc.sql(
                                        "select count(*) from wechat_binding where merchant_id = ? and status = 'bound'")
                                .param(merchant)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void whom_wechat_does_not_name_is_not_bound() {
        WECHAT.scannedBy("");
        var invited = invite("payment.paid");

        assertThat(scan(invited)).contains("无法确认身份");

        assertThat(
                        call("GET", BINDINGS + "/" + invited.path("id").asString(), null, reader())
                                .body()
                                .path("status")
                                .asString())
                .isEqualTo("waiting");
    }

    @Test
    void scanning_leads_to_wechat_and_back_with_the_code() throws Exception {
        var code = codeOf(invite("payment.paid"));

        var answer = get("/wechat/bind/" + code);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue(
                        "https://open.example/authorize?appid=wx1&redirect_uri=http%3A%2F%2Fphones.example%2Fwechat%2Fbound&response_type=code&scope=snsapi_base&state="
                                + code
                                + "#wechat_redirect");
        assertThat(get("/wechat/bind/" + "0".repeat(64)).body()).contains("二维码已失效");
        assertThat(get("/wechat/bind/x").body()).contains("二维码已失效");
        assertThat(get("/wechat/bound?state=%00&code=good").statusCode()).isLessThan(500);
    }

    @Test
    void an_ended_binding_hears_nothing_and_can_not_be_changed() {
        var id = bound("payment.paid").path("id").asString();
        assertThat(call("POST", BINDINGS + "/" + id + ":end", null, writer()).status())
                .isEqualTo(200);

        var event = paid("1.00", "ORDER-15");
        happen(event);
        assertThat(messagesOf(event.id())).isZero();
        assertThat(call("PATCH", BINDINGS + "/" + id, Map.of("label", "x"), writer()).code())
                .isEqualTo("binding_ended");
    }

    @Test
    void what_is_heard_of_can_be_changed() {
        var id = bound("payment.paid").path("id").asString();

        var changed =
                call(
                        "PATCH",
                        BINDINGS + "/" + id,
                        Map.of("event_types", List.of("refund.succeeded")),
                        writer());

        assertThat(changed.body().path("event_types").path(0).asString())
                .isEqualTo("refund.succeeded");
        assertThat(changed.body().path("label").asString()).isEqualTo("Counter 1");
        var payment = paid("1.00", "ORDER-16");
        var refund = refunded();
        happen(payment, refund);
        await().atMost(SOON).until(() -> stateOf(refund.id()).equals("sent"));
        assertThat(messagesOf(payment.id())).isZero();
        assertThat(WECHAT.messages.getFirst().path("template_id").asString())
                .isEqualTo("refund-template");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | malformed_json",
                "{} | invalid_request",
                "{\"label\":\" \",\"event_types\":[\"payment.paid\"]} | invalid_request",
                "{\"label\":5,\"event_types\":[\"payment.paid\"]} | invalid_request",
                "{\"label\":\"a\",\"event_types\":[]} | invalid_request",
                "{\"label\":\"a\",\"event_types\":[\"*\"]} | invalid_request",
                "{\"label\":\"a\",\"event_types\":[\"payment.paid\"],\"x\":1} | unknown_field"
            })
    void bad_input_is_named_and_stores_nothing(String body, String code) {
        var answer = call("POST", BINDINGS, body, writer());

        assertThat(answer.code()).isEqualTo(code);
        assertThat(bindingsOfMerchant()).isZero();
    }

    @Test
    void rights_modes_and_merchants_are_kept_apart() {
        var id = bound("payment.paid").path("id").asString();
        var other = tokenOf("mer_other", "test", "messages:read", "messages:write");
        var live = tokenOf(merchant, "live", "messages:read", "messages:write");
        var one = BINDINGS + "/" + id;

        assertThat(call("GET", one, null, other).code()).isEqualTo("not_found");
        assertThat(call("GET", one, null, live).code()).isEqualTo("not_found");
        assertThat(call("POST", one + ":end", null, other).code()).isEqualTo("not_found");
        assertThat(call("PATCH", one, Map.of("label", "x"), other).code()).isEqualTo("not_found");
        assertThat(call("GET", BINDINGS, null, other).body().path("data").size()).isZero();
        assertThat(call("GET", BINDINGS, null, token("webhooks:read")).code())
                .isEqualTo("forbidden_scope");
        assertThat(call("POST", one + ":end", null, reader()).code()).isEqualTo("forbidden_scope");
        assertThat(
                        call(
                                        "POST",
                                        BINDINGS,
                                        Map.of(
                                                "label",
                                                "a",
                                                "event_types",
                                                List.of("payment.paid")),
                                        live)
                                .code())
                .isEqualTo("wechat_messages_not_offered");
    }

    @Test
    void only_so_many_can_be_invited() {
        for (var i = 0; i < KeepBindings.MOST_BINDINGS; i++) {
            invite("payment.paid");
        }

        assertThat(
                        call(
                                        "POST",
                                        BINDINGS,
                                        Map.of(
                                                "label",
                                                "a",
                                                "event_types",
                                                List.of("payment.paid")),
                                        writer())
                                .code())
                .isEqualTo("too_many_bindings");
        var page = call("GET", BINDINGS + "?limit=20", null, reader()).body();
        assertThat(page.path("data").size()).isEqualTo(20);
        assertThat(page.path("has_more").asBoolean()).isTrue();
    }

    @Test
    void unusual_use_of_a_printed_code_is_told_to_those_who_chose_it() {
        bound("static_code.unusual_use");
        var event =
                Event.of(
                        "static_code.unusual_use",
                        "uu_" + Event.newId().substring(4),
                        1,
                        Instant.parse("2026-11-24T01:02:03Z"),
                        json.valueToTree(
                                mapOf(
                                        "merchant_id",
                                        merchant,
                                        "livemode",
                                        false,
                                        "object",
                                        Map.of(
                                                "label",
                                                "Counter 1",
                                                "serial",
                                                "S-4F7K2-01",
                                                "kind",
                                                "large_amount",
                                                "amount",
                                                "999.00",
                                                "currency",
                                                "NZD"))));

        happen(event, paid("1.00", "ORDER-20"));

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("sent"));
        assertThat(WECHAT.messages).hasSize(1);
        var message = WECHAT.messages.getFirst();
        assertThat(message.path("template_id").asString()).isEqualTo("alert-template");
        assertThat(message.path("data").path("thing1").path("value").asString())
                .isEqualTo("S-4F7K2-01 Counter 1");
        assertThat(message.path("data").path("thing2").path("value").asString())
                .isEqualTo("单笔 NZD 999.00，远高于平时");
    }

    @ParameterizedTest
    @CsvSource({
        "success, delivered",
        "failed:user block, refused",
        "failed: system failed, failed"
    })
    void what_became_of_a_message_is_told_once_and_shown_beside_it(String status, String arrival) {
        bound("payment.paid");
        var event = paid("1.00", "ORDER-21");
        happen(event);
        await().atMost(SOON).until(() -> stateOf(event.id()).equals("sent"));
        assertThat(arrivalOf()).isEqualTo("null");
        var msgid = WECHAT.msgid.get();

        assertThat(told(finished(msgid, "oPerson1", status)).body()).isEqualTo("success");
        assertThat(told(finished(msgid, "oPerson1", "failed:later")).statusCode()).isEqualTo(200);

        assertThat(arrivalOf()).isEqualTo(arrival);
    }

    @Test
    void what_is_told_before_we_know_that_it_was_sent_is_not_lost() {
        bound("payment.paid");
        var next = WECHAT.msgid.get() + 1;
        assertThat(told(finished(next, "oPerson1", "success")).statusCode()).isEqualTo(200);
        var event = paid("1.00", "ORDER-22");
        happen(event);
        await().atMost(SOON).until(() -> stateOf(event.id()).equals("sent"));

        assertThat(arrivalOf()).isEqualTo("delivered");
    }

    @Test
    void only_what_wechat_signed_just_now_counts_and_only_of_whom_it_was_sent_to() {
        bound("payment.paid");
        var event = paid("1.00", "ORDER-23");
        happen(event);
        await().atMost(SOON).until(() -> stateOf(event.id()).equals("sent"));
        var body = finished(WECHAT.msgid.get(), "oPerson1", "success");
        var now = Instant.now().getEpochSecond();

        for (var address :
                List.of(
                        events("wx1", "another-token", now),
                        events("wx1", "the-token", now - 301),
                        events("wx1", "the-token", now + 301),
                        events("wx2", "the-token", now),
                        "/wechat/events/wx1")) {
            assertThat(post(address, body).statusCode()).as(address).isEqualTo(403);
        }
        assertThat(told(finished(WECHAT.msgid.get(), "oPerson2", "success")).statusCode())
                .isEqualTo(200);
        assertThat(arrivalOf()).isEqualTo("null");
        assertThat(get(events("wx1", "the-token", now) + "&echostr=5127936").body())
                .isEqualTo("5127936");
        assertThat(get(events("wx1", "wrong", now) + "&echostr=5127936").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<xml>",
                "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><Event>&e;</Event></xml>",
                "<xml><Event>TEMPLATESENDJOBFINISH</Event><MsgID>x</MsgID><FromUserName>o</FromUserName><Status>success</Status></xml>",
                "<xml><Event>TEMPLATESENDJOBFINISH</Event><MsgID>1</MsgID><FromUserName>o</FromUserName></xml>",
                "<xml><Event>TEMPLATESENDJOBFINISH</Event><Event>TEMPLATESENDJOBFINISH</Event></xml>"
            })
    void what_can_not_be_read_changes_nothing(String body) {
        assertThat(told(body).statusCode()).isEqualTo(400);
    }

    @Test
    void other_news_of_wechat_is_let_pass() {
        assertThat(told("<xml><MsgType>text</MsgType><Content>hello</Content></xml>").body())
                .isEqualTo("success");
    }

    private static String finished(long msgid, String openid, String status) {
        return """
        <xml><ToUserName><![CDATA[gh_7f083739789a]]></ToUserName><FromUserName><![CDATA[%s]]></FromUserName>
        <CreateTime>1395658920</CreateTime><MsgType><![CDATA[event]]></MsgType>
        <Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>%d</MsgID><Status><![CDATA[%s]]></Status></xml>
        """
                .formatted(openid, msgid, status);
    }

    private HttpResponse<String> told(String body) {
        return post(events("wx1", "the-token", Instant.now().getEpochSecond()), body);
    }

    private static String events(String appid, String token, long at) {
        var parts = Stream.of(token, String.valueOf(at), "1433").sorted().toList();
        try {
            var signature =
                    HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-1")
                                            .digest(String.join("", parts).getBytes(UTF_8)));
            return "/wechat/events/%s?signature=%s&timestamp=%d&nonce=1433"
                    .formatted(appid, signature, at);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> post(String path, String body) {
        return send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Content-Type", "text/xml")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private String arrivalOf() {
        var log = call("GET", "/v2/wechat_messages", null, reader()).body().path("data");
        assertThat(log.toString()).doesNotContain("oPerson");
        return log.path(0).path("arrival").asString("null");
    }

    private String reader() {
        return token("messages:read");
    }

    private String writer() {
        return token("messages:read", "messages:write");
    }

    private tools.jackson.databind.JsonNode invite(String... types) {
        var answer =
                call(
                        "POST",
                        BINDINGS,
                        Map.of("label", "Counter 1", "event_types", List.of(types)),
                        writer());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body();
    }

    private tools.jackson.databind.JsonNode bound(String... types) {
        var invited = invite(types);
        assertThat(scan(invited)).contains("已绑定");
        return call("GET", BINDINGS + "/" + invited.path("id").asString(), null, reader()).body();
    }

    private static String codeOf(tools.jackson.databind.JsonNode invited) {
        var url = invited.path("bind_url").asString();
        assertThat(url).startsWith("http://phones.example/wechat/bind/");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** What the phone shows in the end. */
    private String scan(tools.jackson.databind.JsonNode invited) {
        return get("/wechat/bound?code=good&state=" + codeOf(invited)).body();
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return BROWSER.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Event paid(String amount, String reference) {
        return event("payment.paid", "pay_", amount, reference);
    }

    private Event refunded() {
        return event("refund.succeeded", "re_", "1.00", "RMA-1");
    }

    private Event event(String type, String prefix, String amount, String reference) {
        var id = prefix + Event.newId().substring(4);
        return Event.of(
                type,
                id,
                3,
                Instant.parse("2026-11-24T01:02:03Z"),
                json.valueToTree(
                        mapOf(
                                "merchant_id",
                                merchant,
                                "livemode",
                                false,
                                "object",
                                Map.of(
                                        "id",
                                        id,
                                        "amount",
                                        amount,
                                        "currency",
                                        "NZD",
                                        "merchant_reference",
                                        reference))));
    }

    private void happen(Event... events) {
        transaction.executeWithoutResult(_ -> take.apply(List.of(events)));
    }

    private String stateOf(String eventId) {
        return jdbc.sql("select status from wechat_message where event_id = ?")
                .param(eventId)
                .query(String.class)
                .single();
    }

    private int attemptsOf(String eventId) {
        return jdbc.sql("select attempts from wechat_message where event_id = ?")
                .param(eventId)
                .query(Integer.class)
                .single();
    }

    private long messagesOf(String eventId) {
        return jdbc.sql("select count(*) from wechat_message where event_id = ?")
                .param(eventId)
                .query(Long.class)
                .single();
    }

    private long bindingsOfMerchant() {
        return jdbc.sql("select count(*) from wechat_binding where merchant_id = ?")
                .param(merchant)
                .query(Long.class)
                .single();
    }
}
