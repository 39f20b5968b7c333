package io.ferrypay.reconcile.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.KeyFiles;
import io.ferrypay.reconcile.compare.ReconcileDay;
import io.ferrypay.testkit.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service, with a payment service that tells what it is told to. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class StatementsTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static HttpServer payments;
    private static Path folder;

    private record Answer(int status, Map<String, String> headers, String body) {}

    private static volatile Answer statement = new Answer(204, Map.of(), "");
    private static volatile String records = "end\t0\n";
    private static final AtomicInteger asked = new AtomicInteger();

    private final LocalDate yesterday = LocalDate.now(ZoneOffset.ofHours(8)).minusDays(1);
    private final String dayPath = "/internal/reconciliation/days/alipay-1/" + yesterday;

    @LocalServerPort private int port;
    @Autowired private JdbcTemplate jdbc;
    @Autowired private MeterRegistry metrics;
    @Autowired private ReconcileDay reconcile;
    @Autowired private TransactionTemplate transaction;

    @BeforeAll
    static void open() throws IOException {
        folder = Files.createTempDirectory("ferry-statements");
        KeyFiles.generate(
                folder,
                List.of(
                        "gateway-service",
                        "job-service",
                        "reconcile-service",
                        "trade-admin-service"));
        payments = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        payments.createContext("/", StatementsTest::tell);
        payments.start();
    }

    private static String token(String service) {
        try {
            var key = ECKey.parse(Files.readString(folder.resolve(service + ".jwk")));
            return new InternalTokens(key, Clock.systemUTC()).forService("reconcile-service");
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the gateway vouches for somebody of our staff who has just proven who they are. */
    private static String staff(String person, String... permissions) {
        try {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .keyID("gateway-service")
                                    .build(),
                            new JWTClaimsSet.Builder()
                                    .issuer("gateway-service")
                                    .subject("sta_" + person)
                                    .audience("ferrypay")
                                    .claim("typ", "staff")
                                    .claim("person", person)
                                    .claim("name", "Aroha")
                                    .claim("permissions", List.of(permissions))
                                    .claim("session", "ses_1")
                                    .claim("stepped_up_at", Date.from(Instant.now()))
                                    .claim("address", "192.0.2.7")
                                    .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                                    .build());
            token.sign(
                    new ECDSASigner(
                            ECKey.parse(Files.readString(folder.resolve("gateway-service.jwk")))));
            return token.serialize();
        } catch (IOException | ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void close() {
        payments.stop(0);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        TestPostgres.register(registry, "reconcile");
        registry.add("eureka.client.enabled", () -> "false");
        registry.add(
                "spring.cloud.discovery.client.simple.instances.payment-channel-service[0].uri",
                () -> "http://127.0.0.1:" + payments.getAddress().getPort());
        registry.add(
                "ferry.identity.private-key",
                () -> folder.resolve("reconcile-service.jwk").toString());
        registry.add(
                "ferry.identity.trusted-keys", () -> folder.resolve("trusted.jwks").toString());
        registry.add("ferry.reconcile.files", () -> folder.resolve("files").toString());
        registry.add("ferry.reconcile.download.ready-at", () -> "00:00");
        registry.add("ferry.reconcile.download.days", () -> "1");
        registry.add("ferry.reconcile.download.deadline", () -> "0s");
    }

    private static void tell(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (!exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer ")) {
                send(exchange, new Answer(401, Map.of(), ""));
            } else if (path.equals("/internal/channel-accounts")) {
                send(
                        exchange,
                        new Answer(
                                200,
                                Map.of(),
                                "{\"accounts\":[{\"id\":\"alipay-1\",\"channel\":\"alipay\",\"livemode\":false}]}"));
            } else if (path.contains("/statements/")) {
                asked.incrementAndGet();
                send(exchange, statement);
            } else if (path.endsWith("/lookup")) {
                send(exchange, new Answer(200, Map.of(), "end\t0\n"));
            } else {
                send(exchange, new Answer(200, Map.of(), records));
            }
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @BeforeEach
    void begin() {
        jdbc.execute(
                "truncate statement_day, bill_line, record_day, platform_record, comparison, difference, carried, outbox");
        records = "end\t0\n";
        asked.set(0);
    }

    private static Answer file(String text) {
        return new Answer(
                200,
                Map.of(
                        "Statement-Format",
                        "alipay-forex-compare",
                        "Statement-Sha256",
                        sha256(text),
                        "Statement-Verified",
                        "true"),
                text);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer problem(int status, String code) {
        return new Answer(status, Map.of(), "{\"code\":\"" + code + "\"}");
    }

    private static String paid(String order) {
        return order + "|120.00|NZD|20261124120000||P|1.20|P|\n";
    }

    private String held(String... orders) {
        var text = new StringBuilder();
        for (var order : orders) {
            text.append(
                    "payment\tpaid\t%s\tT\t\\N\t\\N\tshop\t12000\tNZD\t\\N\t\\N\t%sT04:00:00Z\tmer_1\tpay_1\n"
                            .formatted(order, yesterday));
        }
        return text + "end\t" + orders.length + "\n";
    }

    private JsonNode round() {
        var answer = call("POST", "/internal/jobs/reconcile-statements", "{\"limit\":8}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return call(method, path, body, "application/json");
    }

    private HttpResponse<String> call(String method, String path, String body, String type) {
        return call(token("job-service"), method, path, body, type);
    }

    private HttpResponse<String> call(
            String token, String method, String path, String body, String type) {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", type)
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.ofString(body))
                        .build());
    }

    private List<String> told(String type) {
        return jdbc.queryForList(
                "select data from outbox where type = ? order by position", String.class, type);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }

    private String state() {
        return json(call("GET", dayPath, "")).path("state").asString();
    }

    private double overdue() {
        return metrics.get("reconcile.statements.overdue").gauge().value();
    }

    @Test
    void a_day_goes_from_due_to_closed_in_one_round() {
        statement = file(paid("FP1"));
        records = held("FP1");

        assertThat(round().toString()).isEqualTo("{\"examined\":1,\"changed\":1,\"unknown\":0}");

        assertThat(state()).isEqualTo("closed");
        assertThat(overdue()).isZero();
        assertThat(round().path("examined").asInt()).isZero();
        assertThat(asked).hasValue(1);
        assertThat(call("GET", "/internal/events?after=0-0&wait=0", "").body())
                .contains(
                        "channel_day.reconciled",
                        "alipay-1:" + yesterday,
                        "\"livemode\":false",
                        "\"accounts\":[\"alipay-1\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "503, statement_not_ready, not_ready",
        "502, statement_unavailable, not_ready",
        "404, statement_out_of_range, not_ready",
        "502, statement_forged, bad_hash",
        "500, '', not_ready"
    })
    void what_is_not_there_is_asked_for_again_and_is_an_alarm_in_the_end(
            int status, String code, String state) {
        statement = problem(status, code);

        round();

        assertThat(state()).isEqualTo(state);
        assertThat(overdue()).isOne();
        round();
        assertThat(asked).as("not before its time").hasValue(1);
        jdbc.update("update statement_day set next_try_at = now()");
        statement = new Answer(204, Map.of(), "");
        round();
        assertThat(state()).isEqualTo("closed");
        assertThat(overdue()).isZero();
    }

    @Test
    void bytes_that_do_not_fit_or_that_nobody_can_read_are_no_statement() {
        var good = file(paid("FP1"));
        statement = new Answer(200, good.headers(), paid("FP2"));
        round();
        assertThat(state()).isEqualTo("bad_hash");

        statement =
                new Answer(
                        200,
                        Map.of("Statement-Format", "csv", "Statement-Sha256", sha256("a")),
                        "a");
        assertThat(json(call("POST", dayPath + "/download", "")).path("state").asString())
                .isEqualTo("not_ready");
    }

    @Test
    void today_is_not_due() {
        round();
        var today = "/internal/reconciliation/days/alipay-1/" + yesterday.plusDays(1);
        asked.set(0);

        assertThat(json(call("POST", today + "/download", "")).path("state").asString())
                .isEqualTo("not_due");
        assertThat(asked).hasValue(0);
        assertThat(json(call("POST", today + "/compare", "")).path("code").asString())
                .isEqualTo("no_statement");
    }

    @Test
    void a_file_handed_in_is_compared_and_its_differences_are_shown() {
        round();
        var text = paid("FP1") + paid("FP2") + "what\n";
        var upload = "/internal/reconciliation/statements?account=%s&day=%s&format=%s&sha256=%s";
        var type = "application/octet-stream";
        records = held("FP1");

        assertThat(
                        call(
                                        "POST",
                                        upload.formatted(
                                                "alipay-1",
                                                yesterday,
                                                "alipay-forex-compare",
                                                sha256(text)),
                                        text,
                                        type)
                                .body())
                .isEqualTo("{\"state\":\"downloaded\"}");
        var day = json(call("POST", dayPath + "/compare?fresh=true", ""));

        assertThat(day.path("lines").asInt()).isEqualTo(3);
        assertThat(day.path("matched").asInt()).isOne();
        assertThat(day.path("carried").asInt()).isOne();
        assertThat(day.path("open").asInt()).isOne();
        assertThat(
                        json(call("GET", dayPath + "/differences", ""))
                                .path("data")
                                .path(0)
                                .path("type")
                                .asString())
                .isEqualTo("unparsed_line");
        assertThat(json(call("GET", "/internal/reconciliation/days", "")).path("data")).hasSize(1);
        for (var wrong :
                List.of(
                        upload.formatted("nobody", yesterday, "alipay-forex-compare", sha256("")),
                        upload.formatted("alipay-1", "x", "alipay-forex-compare", sha256("")),
                        upload.formatted("alipay-1", yesterday, "csv", sha256("")),
                        upload.formatted("alipay-1", yesterday, "alipay-forex-compare", "x"))) {
            assertThat(call("POST", wrong, "x", type).statusCode()).isBetween(400, 404);
        }
    }

    private HttpResponse<String> upload(LocalDate day, String format, String text) {
        return call(
                "POST",
                "/internal/reconciliation/statements?account=alipay-1&day=%s&format=%s&sha256=%s"
                        .formatted(day, format, sha256(text)),
                text,
                "application/octet-stream");
    }

    @Test
    void a_file_handed_in_too_early_or_of_another_channel_or_instead_of_ours_changes_nothing() {
        statement = file(paid("FP1"));
        records = held("FP1");
        round();
        var today = yesterday.plusDays(1);

        var early = upload(today, "alipay-forex-compare", "");
        var foreign = upload(yesterday, "jdpay-zip-gbk-csv", "x");
        var another = upload(yesterday, "alipay-forex-compare", paid("FP2"));
        var same = upload(yesterday, "alipay-forex-compare", paid("FP1"));

        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(json(early).path("code").asString()).isEqualTo("day_not_over");
        assertThat(foreign.statusCode()).isEqualTo(400);
        assertThat(another.statusCode()).isEqualTo(409);
        assertThat(json(another).path("code").asString()).isEqualTo("statement_downloaded");
        assertThat(same.body()).isEqualTo("{\"state\":\"closed\"}");
        assertThat(state()).isEqualTo("closed");
        assertThat(jdbc.queryForObject("select count(*) from statement_day", Long.class)).isOne();
    }

    @Test
    void a_day_of_a_file_handed_in_is_closed_when_somebody_confirms_that_file() {
        statement = problem(503, "statement_not_ready");
        round();
        records = held("FP1");
        var text = paid("FP1");
        upload(yesterday, "alipay-forex-compare", text);
        jdbc.update("update statement_day set next_try_at = now()");
        round();
        assertThat(state()).isEqualTo("compared");
        assertThat(told()).isEmpty();

        var confirm = dayPath + "/confirm?by=per_1&sha256=";
        assertThat(call("POST", confirm + sha256("x"), "").statusCode()).isEqualTo(409);
        assertThat(state()).isEqualTo("compared");
        assertThat(call("POST", confirm + sha256(text), "").statusCode()).isEqualTo(200);
        assertThat(state()).isEqualTo("closed");
        assertThat(told()).containsExactly("channel_day.reconciled 1");
    }

    @Test
    void a_closed_day_that_opens_again_is_told() {
        statement = file(paid("FP1"));
        records = held("FP1");
        round();
        statement = file(paid("FP1") + "what\n");

        call("POST", dayPath + "/download", "");
        call("POST", dayPath + "/compare", "");

        assertThat(state()).isEqualTo("compared");
        assertThat(told()).containsExactly("channel_day.reconciled 1", "channel_day.reopened 2");
    }

    private List<String> told() {
        return jdbc.queryForList(
                "select type || ' ' || version from outbox order by txid, position", String.class);
    }

    @Test
    void a_day_that_goes_on_is_not_compared() {
        round();
        var today = yesterday.plusDays(1);
        jdbc.update(
                "insert into statement_day (account_id, day, state, changed_at) values ('alipay-1', ?, 'empty_day', now())",
                today);

        var answer =
                call("POST", "/internal/reconciliation/days/alipay-1/" + today + "/compare", "");

        assertThat(json(answer).path("code").asString()).isEqualTo("no_statement");
        assertThat(
                        jdbc.queryForObject(
                                "select state from statement_day where day = ?",
                                String.class,
                                today))
                .isEqualTo("empty_day");
    }

    @Test
    void money_that_does_not_agree_is_measured_until_it_does() {
        statement = file(paid("FP1"));
        round();

        var waiting = metrics.get("reconcile.unreconciled.value").tags("sort", "carried").gauge();
        assertThat(waiting.value()).isPositive();

        jdbc.update("update carried set cleared_day = current_date");
        jdbc.update(
                """
                insert into difference (account_id, run_day, day, type, kind, subject, currency,
                    theirs_minor, ours_minor, since_version)
                values ('alipay-1', ?, ?, 'amount', 'payment', 'FP9', 'NZD', 12000, 11950, 1),
                       ('alipay-1', ?, ?, 'amount', 'payment', 'FP8', 'what', 12000, 11950, 1)
                """,
                yesterday,
                yesterday,
                yesterday,
                yesterday);
        round();

        assertThat(metrics.find("reconcile.unreconciled.value").tags("sort", "carried").gauge())
                .isNull();
        assertThat(
                        metrics.get("reconcile.unreconciled.value")
                                .tags("sort", "difference", "currency", "NZD")
                                .gauge()
                                .value())
                .isEqualTo(0.5);
    }

    @Test
    void a_difference_is_told_once_for_each_change_and_a_decided_day_is_closed() {
        statement = file("FP1|121.00|NZD|20261124120000||P|1.20|P|\n");
        records = held("FP1");
        round();
        round();

        assertThat(state()).isEqualTo("compared");
        assertThat(told("difference.opened"))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains(
                        "\"type\":\"amount\"",
                        "\"stakes\":[{\"currency\":\"NZD\",\"minor\":100}]",
                        "\"livemode\":false");
        var id = jdbc.queryForObject("select id from difference", Long.class);

        transaction.executeWithoutResult(_ -> reconcile.resolve(id, "claim", Instant.now()));
        transaction.executeWithoutResult(_ -> reconcile.resolve(id, "write_off", Instant.now()));
        assertThat(state()).isEqualTo("closed");
        assertThat(jdbc.queryForObject("select resolution from difference", String.class))
                .isEqualTo("claim");
        // The same difference again needs no new decision.
        call("POST", dayPath + "/compare", "");
        assertThat(state()).isEqualTo("closed");

        records = held("FP1").replace("12000", "12100");
        call("POST", dayPath + "/compare?fresh=true", "");
        round();
        assertThat(told("difference.ended")).hasSize(1);
        assertThat(told("difference.opened")).hasSize(1);
    }

    @Test
    void a_day_is_compared_again_when_a_channel_was_asked() {
        statement = file(paid("FP1") + "FP2|5.00|NZD|20261124120000||P|0.05|P|\n");
        records = held("FP1", "FP2");
        round();
        assertThat(state()).isEqualTo("compared");
        var id = jdbc.queryForObject("select id from difference where type = 'amount'", Long.class);

        records = held("FP1", "FP2").replaceAll("FP2(.*)12000", "FP2$1500");
        transaction.executeWithoutResult(
                _ -> reconcile.lookAgain(id, Instant.now().minusSeconds(1)));
        round();

        assertThat(state()).isEqualTo("closed");
        assertThat(told("difference.ended")).hasSize(1);
    }

    @Test
    void staff_see_a_day_from_both_sides_and_what_they_read_is_told() {
        statement = file("FP1|121.00|NZD|20261124120000||P|1.20|P|\n");
        records = held("FP1");
        round();
        var api = "/console/api/reconciliation/days/alipay-1/" + yesterday;
        var reader = staff("per_1", "reconciliation:read");
        var writer = staff("per_1", "reconciliation:read", "reconciliation:write");
        var json = "application/json";

        var board = json(call(reader, "GET", "/console/api/reconciliation/days", "", json));
        var tile = board.path("data").path(0);
        assertThat(tile.path("open").path("amount").asInt()).isOne();
        assertThat(tile.path("counts").path("lines").asInt()).isOne();
        var listed = json(call(reader, "GET", api + "/differences", "", json)).path("data").path(0);
        assertThat(listed.path("theirs_amount").asString()).isEqualTo("121.00");
        var sides =
                json(
                        call(
                                reader,
                                "GET",
                                "/console/api/reconciliation/differences/"
                                        + listed.path("id").asString()
                                        + "/sides",
                                "",
                                json));
        assertThat(sides.path("theirs").path("amount").asString()).isEqualTo("121.00");
        assertThat(sides.path("ours").path("amount").asString()).isEqualTo("120.00");
        assertThat(call(reader, "GET", api + "/differences.csv", "", json).body())
                .contains("amount,payment,FP1");

        assertThat(call(reader, "GET", api + "/statement", "", json).statusCode()).isEqualTo(403);
        assertThat(told("staff.acted")).isEmpty();
        assertThat(call(writer, "GET", api + "/statement", "", json).body())
                .isEqualTo("FP1|121.00|NZD|20261124120000||P|1.20|P|\n");
        assertThat(told("staff.acted"))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("statement.read", "per_1");
        assertThat(call(staff("per_1", "ledger:read"), "GET", api, "", json).statusCode())
                .isEqualTo(403);
        assertThat(
                        call(writer, "GET", api.replace(yesterday.toString(), "x"), "", json)
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_one_person_hands_in_another_confirms() {
        statement = problem(503, "statement_not_ready");
        round();
        records = held("FP1");
        var text = paid("FP1");
        var first =
                staff(
                        "per_1",
                        "reconciliation:read",
                        "reconciliation:write",
                        "reconciliation:approve");
        var second = staff("per_2", "reconciliation:read", "reconciliation:approve");
        var api = "/console/api/reconciliation/days/alipay-1/" + yesterday;
        var json = "application/json";

        var taken =
                call(
                        first,
                        "POST",
                        "/console/api/reconciliation/statements?account=alipay-1&day=%s&format=alipay-forex-compare&sha256=%s"
                                .formatted(yesterday, sha256(text)),
                        text,
                        "application/octet-stream");
        assertThat(json(taken).path("file").path("handed_in_by").asString()).isEqualTo("per_1");
        assertThat(json(call(first, "POST", api + ":compare", "", json)).path("state").asString())
                .isEqualTo("compared");
        var named = "{\"sha256\":\"" + sha256(text) + "\"}";

        assertThat(json(call(first, "POST", api + ":confirm", named, json)).path("code").asString())
                .isEqualTo("nothing_to_confirm");
        assertThat(
                        json(call(second, "POST", api + ":confirm", named, json))
                                .path("state")
                                .asString())
                .isEqualTo("closed");
    }

    @Test
    void only_the_service_that_is_named_gives_orders() {
        for (var path : List.of("/internal/reconciliation/days", dayPath)) {
            assertThat(
                            call(token("trade-admin-service"), "GET", path, "", "application/json")
                                    .statusCode())
                    .isEqualTo(403);
        }
        assertThat(
                        call(
                                        token("trade-admin-service"),
                                        "GET",
                                        "/internal/events?after=0-0&wait=0",
                                        "",
                                        "application/json")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void strangers_see_and_do_nothing() {
        for (var path :
                List.of(
                        "/internal/reconciliation/days",
                        dayPath,
                        "/internal/events?after=0-0&wait=0")) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            assertThat(send(request.build()).statusCode()).isEqualTo(401);
        }
        assertThat(
                        call("POST", "/internal/jobs/reconcile-statements", "{\"limit\":0}")
                                .statusCode())
                .isEqualTo(400);
    }
}
