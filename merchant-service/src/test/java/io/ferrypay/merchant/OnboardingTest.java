package io.ferrypay.merchant;

import static io.ferrypay.merchant.document.SampleFiles.join;
import static io.ferrypay.merchant.document.SampleFiles.jpeg;
import static io.ferrypay.merchant.document.SampleFiles.pdf;
import static io.ferrypay.merchant.document.SampleFiles.picture;
import static io.ferrypay.merchant.document.SampleFiles.png;
import static io.ferrypay.merchant.document.SampleFiles.pngOfSize;
import static io.ferrypay.merchant.document.SampleFiles.text;
import static io.ferrypay.merchant.document.SampleFiles.zip;
import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferrypay.merchant.document.FakeClamd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.filter.FormContentFilter;

/** A merchant's way from draft to live mode, over HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class OnboardingTest extends PortalTest {

    private static final String ONBOARDING = "/portal/api/onboarding";
    private static final String DOCUMENTS = ONBOARDING + "/documents";
    private static final String REVIEWS = "/internal/onboarding/applications";
    private static final Path FILES = FOLDER.resolve("documents");
    private static final Path SANCTIONS = FOLDER.resolve("sanctions.csv");
    private static final String NOBODY = "UN,1,Nobody Inparticular,1950\n";

    private static @Nullable Browser ownerOfNothing;

    @Autowired private ApplicationContext context;

    @BeforeEach
    void the_list_names_nobody_we_know() {
        sanctions(NOBODY);
    }

    private static void sanctions(String lines) {
        try {
            var fresh =
                    Files.writeString(
                            FOLDER.resolve("fresh.csv"), "list,entry_id,name,birth_date\n" + lines);
            Files.move(fresh, SANCTIONS, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One whose wishes are all refused, so that many tests can share it. */
    private Browser ownerOfNothing() {
        if (ownerOfNothing == null) {
            ownerOfNothing = owner();
        }
        return ownerOfNothing;
    }

    // Filling in.

    @Test
    void a_new_merchant_has_everything_before_it() {
        var owner = owner();

        var onboarding = owner.get(ONBOARDING);

        expect(200, onboarding);
        assertThat(onboarding.text("status")).isEqualTo("draft");
        assertThat(onboarding.body().path("id").isNull()).isTrue();
        assertThat(statusOf(onboarding, "business")).isEqualTo("needed");
        assertThat(statusOf(onboarding, "identity")).isEqualTo("needed");
        assertThat(statusOf(onboarding, "shop_photo")).isEqualTo("optional");
    }

    @Test
    void what_was_saved_is_there_to_go_on_with() {
        var owner = owner();

        expect(
                200,
                put(
                        owner,
                        "business",
                        0,
                        Map.of("legal_name", " Kauri Books Limited ", "nzbn", "")));
        var saved =
                put(
                        owner,
                        "business",
                        1,
                        Map.of("legal_name", "Kauri Books Limited", "type", "company"));

        expect(200, saved);
        assertThat(saved.body().path("version").asLong()).isEqualTo(2);
        assertThat(saved.text("data", "type")).isEqualTo("company");
        assertThat(pointers(saved.body().path("missing")))
                .contains("/business/phone")
                .doesNotContain("/business/type");
        var sections = owner.get(ONBOARDING + "/sections");
        assertThat(sections.text("business", "data", "legal_name"))
                .isEqualTo("Kauri Books Limited");
        assertThat(sections.body().path("people").path("version").asLong()).isZero();
        assertThat(sections.body().path("people").path("updated_at").isNull()).isTrue();
    }

    @Test
    void of_two_who_save_the_same_section_one_has_to_read_it_again() throws Exception {
        var owner = owner();

        var answers =
                atOnce(
                        () -> put(owner, "methods", 0, Map.of("methods", List.of("wechat"))),
                        () -> put(owner, "methods", 0, Map.of("methods", List.of("alipay"))));

        assertThat(answers).extracting(Browser.Answer::status).containsExactlyInAnyOrder(200, 409);
        var refused =
                answers.stream().filter(answer -> answer.status() == 409).findFirst().orElseThrow();
        assertThat(refused.code()).isEqualTo("section_changed");
        assertThat(refused.body().path("current_version").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "business     | {'nzbn':'9429041535111'}                      | /data/nzbn                   | wrong_check_digit",
                "business     | {'nzbn':'12'}                                 | /data/nzbn                   | wrong_format",
                "business     | {'type':'church'}                             | /data/type                   | wrong_format",
                "business     | {'address':{'country':'New Zealand'}}         | /data/address/country        | wrong_format",
                "business     | {'legal_name':'a\\nb'}                        | /data/legal_name             | wrong_format",
                "business     | {'shoe_size':'9'}                             | /data/shoe_size              | unknown",
                "business     | {'legal_name':{'a':'b'}}                      | /data/legal_name             | wrong_type",
                "people       | {'people':[{'share_percent':'60'},{'share_percent':'41'}]} | /data/people    | shares_over_100",
                "people       | {'people':[{'share_percent':'a'}]}            | /data/people/0/share_percent | wrong_format",
                "people       | {'people':[{'birth_date':'1981-02-29'}]}      | /data/people/0/birth_date    | not_a_birth_date",
                "people       | {'people':[null]}                             | /data/people/0               | required",
                "bank_account | {'account_number':'01-0902-0068380-00'}       | /data/account_number         | wrong_check_digit",
                "bank_account | {'account_number':'1234'}                     | /data/account_number         | wrong_format",
                "methods      | {'methods':['cash']}                          | /data/methods/0              | wrong_format",
                "methods      | {'methods':['wechat','wechat']}               | /data/methods                | not_unique",
                "methods      | {'expected_monthly':'1.5'}                    | /data/expected_monthly       | wrong_format",
                "sites        | {'websites':['http://shop.example']}          | /data/websites/0             | wrong_format",
                "sites        | {'websites':['https://nowhere']}              | /data/websites/0             | wrong_format"
            })
    void what_is_wrong_by_form_is_refused_by_name_and_changes_nothing(
            String section, String data, String pointer, String code) {
        var owner = ownerOfNothing();
        var before = versionOf(owner);

        var answer =
                put(
                        owner,
                        section,
                        0,
                        tools.jackson.databind.json.JsonMapper.shared()
                                .readTree(data.replace('\'', '"')));

        expect(400, answer);
        assertThat(answer.body().path("errors").path(0).path("pointer").asString())
                .startsWith(pointer);
        assertThat(answer.body().path("errors").path(0).path("code").asString()).isEqualTo(code);
        assertThat(versionOf(owner)).isEqualTo(before);
    }

    @Test
    void what_is_missing_is_named_only_when_it_is_submitted() {
        var owner = owner();
        expect(
                200,
                put(owner, "sites", 0, Map.of("stores", List.of(Map.of("name", "Quay Street")))));

        var refused = submit(owner);

        expect(422, refused);
        assertThat(refused.code()).isEqualTo("onboarding_incomplete");
        assertThat(pointers(refused.body().path("errors")))
                .contains(
                        "/business/type",
                        "/people/people",
                        "/people/all_listed",
                        "/bank_account/account_number",
                        "/methods/methods",
                        "/sites/stores/0/address",
                        "/identity",
                        "/shop_photo");
        assertThat(statusOf(owner.get(ONBOARDING), "shop_photo")).isEqualTo("needed");
        assertThat(owner.get(ONBOARDING).text("status")).isEqualTo("draft");
    }

    @Test
    void only_who_proved_it_just_before_and_agrees_hands_in() throws Exception {
        var owner = complete(owner());
        var version = versionOf(owner);

        assertThat(
                        owner.post(
                                        ONBOARDING + ":submit",
                                        Map.of("version", version, "agrees", false))
                                .code())
                .isEqualTo("invalid_request");
        assertThat(
                        owner.post(
                                        ONBOARDING + ":submit",
                                        Map.of("version", version - 1, "agrees", true))
                                .code())
                .isEqualTo("onboarding_changed");
        grow(owner);
        assertThat(submit(owner).code()).isEqualTo("step_up_required");
        expect(200, owner.post("/portal/api/step_up", Map.of("password", PASSWORD)));
        expect(200, submit(owner));
    }

    @Test
    void what_is_submitted_twice_is_submitted_once() throws Exception {
        var owner = complete(owner());
        var body = Map.of("version", versionOf(owner), "agrees", true);

        var answers =
                atOnce(
                        () -> owner.post(ONBOARDING + ":submit", body),
                        () -> owner.post(ONBOARDING + ":submit", body),
                        () -> owner.post(ONBOARDING + ":submit", body));

        assertThat(answers)
                .extracting(Browser.Answer::status)
                .containsExactlyInAnyOrder(200, 409, 409);
        var id = owner.get(ONBOARDING).text("id");
        assertThat(count("select count(*) from onboarding_step where onboarding_id = ?", id))
                .isEqualTo(1);
        assertThat(count("select count(*) from onboarding_screening where onboarding_id = ?", id))
                .isEqualTo(1);
        assertThat(put(owner, "methods", 1, Map.of()).code()).isEqualTo("onboarding_not_editable");
        assertThat(upload(owner, "other", "x.pdf", pdf("late")).code())
                .isEqualTo("onboarding_not_editable");
        var document = owner.get(DOCUMENTS).body().path("data").path(0).path("id").asString();
        assertThat(owner.send("DELETE", DOCUMENTS + "/" + document, null).code())
                .isEqualTo("onboarding_not_editable");
        assertThat(filesOnDisk()).hasSize(count("select count(*) from document"));
    }

    // Papers.

    static List<Arguments> abuse() {
        return List.of(
                Arguments.of("nothing", new byte[0], 422, "document_empty"),
                Arguments.of(
                        "a page",
                        text("<html><script>1</script></html>"),
                        422,
                        "document_type_not_allowed"),
                Arguments.of("a zip bomb", zip(), 422, "document_type_not_allowed"),
                Arguments.of(
                        "a picture that unpacks to gigabytes",
                        pngOfSize(60_000, 60_000),
                        422,
                        "document_too_many_pixels"),
                Arguments.of(
                        "a picture and a ZIP", join(png(), zip()), 422, "document_is_two_files"),
                Arguments.of(
                        "a PDF and a page",
                        join(pdf("x"), text("<html>")),
                        422,
                        "document_is_two_files"),
                Arguments.of(
                        "half a picture",
                        java.util.Arrays.copyOf(jpeg(), 300),
                        422,
                        "document_damaged"),
                Arguments.of("a virus", pdf(FakeClamd.INFECTED), 422, "document_infected"),
                Arguments.of(
                        "what the scanner can't judge",
                        pdf(FakeClamd.SILENCE),
                        503,
                        "virus_scan_unavailable"),
                Arguments.of("11 MB", new byte[11 * 1024 * 1024], 413, "payload_too_large"),
                Arguments.of(
                        "a byte too many",
                        new byte[10 * 1024 * 1024 + 1],
                        413,
                        "payload_too_large"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("abuse")
    void what_is_not_taken_leaves_nothing_behind(
            String what, byte[] file, int status, String code) {
        var owner = ownerOfNothing();
        var before = filesOnDisk();

        var answer = upload(owner, "identity", "passport.pdf", file);
        var unannounced =
                owner.send(
                        "POST",
                        DOCUMENTS + "?kind=identity&name=x.pdf",
                        "application/pdf",
                        ofInputStream(() -> new ByteArrayInputStream(file)));

        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(unannounced.code()).isEqualTo(code);
        assertThat(filesOnDisk()).isEqualTo(before);
        assertThat(owner.get(DOCUMENTS).body().path("data").size()).isZero();
    }

    @Test
    void a_file_is_what_is_in_it_and_never_a_path() {
        var owner = owner();

        var kept =
                owner.upload(
                        DOCUMENTS + "?kind=identity&name=..%2F..%2F..%2Ftmp%2Fevil%2Ehtml",
                        "text/html",
                        png());

        expect(201, kept);
        assertThat(kept.text("name")).isEqualTo("evil.html.png");
        assertThat(kept.text("media_type")).isEqualTo("image/png");
        assertThat(kept.text("scan")).isEqualTo("clean");
        var download = owner.get(DOCUMENTS + "/" + kept.text("id") + "/content");
        assertThat(download.raw().body()).isEqualTo(png());
        var headers = download.raw().headers();
        assertThat(headers.firstValue("Content-Type")).hasValue("image/png");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(headers.firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment;")
                .contains("evil.html.png")
                .doesNotContain("/");
    }

    @Test
    void a_form_around_a_file_and_an_unknown_kind_are_refused() {
        var owner = owner();

        assertThat(
                        owner.upload(
                                        DOCUMENTS + "?kind=identity",
                                        "application/x-www-form-urlencoded",
                                        pdf("x"))
                                .code())
                .isEqualTo("unsupported_media_type");
        assertThat(
                        owner.upload(
                                        DOCUMENTS + "?kind=identity",
                                        "multipart/form-data; boundary=x",
                                        join(
                                                text(
                                                        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.pdf\"\r\n\r\n"),
                                                pdf("x"),
                                                text("\r\n--x--\r\n")))
                                .code())
                .isEqualTo("document_type_not_allowed");
        assertThat(upload(owner, "people", "x.pdf", pdf("y")).code()).isEqualTo("invalid_request");
        assertThat(owner.upload(DOCUMENTS, "application/pdf", pdf("y")).code())
                .isEqualTo("invalid_request");
        assertThat(owner.get(ONBOARDING).body().path("version").asLong()).isZero();
    }

    /** It would become a map of millions of entries before anybody is known. */
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void a_form_that_is_no_post_is_never_read_as_one(String method) {
        var form = text("aaaa&aaab&".repeat(1_000_000));

        var answer =
                browser()
                        .send(
                                method,
                                DOCUMENTS,
                                "application/x-www-form-urlencoded",
                                HttpRequest.BodyPublishers.ofByteArray(form));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(context.getBeansOfType(FormContentFilter.class)).isEmpty();
    }

    @Test
    void on_disk_a_file_is_sealed_and_named_by_its_content() throws Exception {
        var owner = owner();
        var content = pdf("Mere Tane's passport");

        var kept = upload(owner, "identity", "mere-tane.pdf", content);

        expect(201, kept);
        var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        assertThat(kept.text("sha256")).isEqualTo(sha256);
        var file = FILES.resolve(sha256.substring(0, 2)).resolve(sha256 + "." + kept.text("id"));
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .startsWith("k1.")
                .doesNotContain("PDF", "Tane");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(
                        jdbc.sql("select d::text from document d where id = ?")
                                .param(kept.text("id"))
                                .query(String.class)
                                .single())
                .doesNotContain("tane");
    }

    @Test
    void a_file_moved_to_another_documents_place_does_not_open() throws Exception {
        var owner = owner();
        var one = upload(owner, "identity", "1.pdf", pdf("one")).body();
        var two = upload(owner, "identity", "2.pdf", pdf("two")).body();

        Files.copy(placeOf(one), placeOf(two), StandardCopyOption.REPLACE_EXISTING);

        expect(500, owner.get(DOCUMENTS + "/" + two.path("id").asString() + "/content"));
        expect(200, owner.get(DOCUMENTS + "/" + one.path("id").asString() + "/content"));
    }

    private static Path placeOf(tools.jackson.databind.JsonNode document) {
        var sha256 = document.path("sha256").asString();
        return FILES.resolve(sha256.substring(0, 2))
                .resolve(sha256 + "." + document.path("id").asString());
    }

    @Test
    void the_same_file_is_kept_once_and_of_many_some_are_refused() throws Exception {
        var owner = owner();
        var first = upload(owner, "identity", "a.png", png());
        var files = filesOnDisk();

        var again = upload(owner, "identity", "b.png", png());

        expect(200, again);
        assertThat(again.text("id")).isEqualTo(first.text("id"));
        assertThat(upload(owner, "other", "c.png", png()).code()).isEqualTo("document_exists");
        assertThat(filesOnDisk()).isEqualTo(files);

        var uploads = new ArrayList<Callable<Browser.Answer>>();
        for (var i = 0; i < 33; i++) {
            var picture = picture("png", 100 + i);
            uploads.add(() -> upload(owner, "other", "x.png", picture));
        }
        var answers = atOnce(uploads);
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(29);
        assertThat(answers.stream().filter(answer -> answer.code().equals("too_many_documents")))
                .hasSize(4);
        assertThat(filesOnDisk()).hasSize(files.size() + 29);
    }

    @Test
    void what_is_taken_out_is_gone_from_the_disk() {
        var owner = owner();
        var before = filesOnDisk();
        var id = upload(owner, "identity", "a.png", png()).text("id");

        expect(204, owner.send("DELETE", DOCUMENTS + "/" + id, null));

        assertThat(filesOnDisk()).isEqualTo(before);
        assertThat(owner.get(DOCUMENTS + "/" + id + "/content").status()).isEqualTo(404);
        assertThat(owner.send("DELETE", DOCUMENTS + "/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void what_a_crash_left_behind_is_swept_and_nothing_else() throws Exception {
        var kept = upload(owner(), "identity", "a.png", png()).body();
        makeOld(placeOf(kept));
        var foreign =
                makeOld(
                        Files.writeString(
                                Files.createDirectories(FILES.resolve("lost+found")).resolve("x"),
                                "x"));
        var shelf = Files.createDirectories(FILES.resolve("ab"));
        var orphan =
                makeOld(
                        Files.writeString(
                                shelf.resolve(
                                        "ab" + "0".repeat(62) + ".doc_01JD0000000000000000000000"),
                                "x"));
        var half =
                makeOld(
                        Files.writeString(
                                FILES.resolve("incoming")
                                        .resolve("doc_01JD0000000000000000000001.part"),
                                "x"));
        var young =
                Files.writeString(
                        shelf.resolve("ab" + "1".repeat(62) + ".doc_01JD0000000000000000000002"),
                        "x");

        ReflectionTestUtils.invokeMethod(context.getBean("sweepDocuments"), "sweep");

        assertThat(orphan).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
        assertThat(placeOf(kept)).exists();
        Files.delete(young);
        Files.delete(foreign);
    }

    private static Path makeOld(Path file) throws IOException {
        return Files.setLastModifiedTime(
                file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    @Test
    void a_slow_reader_holds_up_nobody_but_himself() throws Exception {
        var owner = owner();
        var large =
                DOCUMENTS + "/" + idOf(upload(owner, "other", "a.pdf", pdf("x".repeat(9_000_000))));
        var small = DOCUMENTS + "/" + idOf(upload(owner, "identity", "b.png", png()));
        var other = owner();
        var others = DOCUMENTS + "/" + idOf(upload(other, "identity", "c.png", png()));

        try (var slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            slow.getOutputStream().write(owner.rawGet(large + "/content"));
            assertThat(slow.getInputStream().read()).isEqualTo('H');

            var refused = owner.get(small + "/content");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("rate_limited");
            assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
            expect(200, other.get(others + "/content"));
            expect(201, upload(owner, "identity", "d.png", picture("png", 77)));
        }
        await().untilAsserted(() -> expect(200, owner.get(small + "/content")));
    }

    private static String idOf(Browser.Answer uploaded) {
        expect(201, uploaded);
        return uploaded.text("id");
    }

    @Test
    void another_merchants_papers_and_words_do_not_exist() {
        var owner = complete(owner());
        var other = owner();
        expect(200, put(other, "methods", 0, Map.of()));
        var id = owner.get(DOCUMENTS).body().path("data").path(0).path("id").asString();

        assertThat(other.get(DOCUMENTS + "/" + id + "/content").status()).isEqualTo(404);
        assertThat(other.send("DELETE", DOCUMENTS + "/" + id, null).status()).isEqualTo(404);
        assertThat(other.get(DOCUMENTS).body().path("data").size()).isZero();
        assertThat(other.get(ONBOARDING + "/sections").body().toString()).doesNotContain("Tane");
        expect(200, owner.get(DOCUMENTS + "/" + id + "/content"));
    }

    @Test
    void a_cashier_sees_how_far_it_is_and_nothing_that_stands_in_it() {
        var owner = complete(owner());
        jdbc.sql("update membership set role = 'cashier' where merchant_id = ?")
                .param(merchantOf(owner))
                .update();

        var seen = owner.get(ONBOARDING);

        expect(200, seen);
        assertThat(seen.body().toString()).doesNotContain("Tane", "0068389");
        for (var refused :
                List.of(
                        owner.get(ONBOARDING + "/sections"),
                        owner.get(DOCUMENTS),
                        put(owner, "methods", 1, Map.of()),
                        upload(owner, "identity", "x.pdf", pdf("cashier")),
                        submit(owner))) {
            assertThat(refused.code()).isEqualTo("forbidden_scope");
        }
    }

    // The review.

    @Test
    void an_approved_merchant_is_live_and_everybody_hears_of_it_once() throws Exception {
        var email = newEmail();
        var owner = complete(owner(email));
        owner.headers.put("Ferry-Mode", "live");
        expect(200, submit(owner));
        var id = owner.get(ONBOARDING).text("id");
        var waiting = act(id, "take", "ann", Map.of());
        expect(200, waiting);
        assertThat(waiting.text("screening", "outcome")).isEqualTo("clear");
        assertThat(waiting.text("sections", "bank_account", "data", "account_number"))
                .isEqualTo("01-0902-0068389-00");
        var version = waiting.body().path("version").asLong();
        var body = Map.of("reviewer", "ann", "version", version);

        var answers =
                atOnce(
                        () -> staff("POST", REVIEWS + "/" + id + ":approve", body),
                        () -> staff("POST", REVIEWS + "/" + id + ":approve", body),
                        () -> staff("POST", REVIEWS + "/" + id + ":approve", body));

        assertThat(answers)
                .extracting(Browser.Answer::status)
                .containsExactlyInAnyOrder(200, 409, 409);
        var merchant = merchantOf(owner);
        var told =
                jdbc.sql("select data from outbox where subject = ? and type = 'merchant.updated'")
                        .param(merchant)
                        .query(String.class)
                        .list();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst())
                .contains("\"status\":\"active\"", "Kauri Books Limited", "[\"wechat\",\"alipay\"]")
                .doesNotContain("Tane", "0068389", "1980-02-29", "9429041535110");
        var session = owner.get("/portal/api/session");
        assertThat(session.text("merchant", "status")).isEqualTo("active");
        assertThat(session.body().path("merchant").path("live_enabled").asBoolean()).isTrue();
        assertThat(session.text("merchant", "display_name")).isEqualTo("Kauri Books");
        assertThat(owner.get(ONBOARDING).text("status")).isEqualTo("approved");
        assertThat(statusOf(owner.get(ONBOARDING), "people")).isEqualTo("accepted");
        await().untilAsserted(() ->
                assertThat(mailsTo(email).stream().filter(mail -> mail.contains("is approved")))
                        .hasSize(1));
        assertThat(
                        count(
                                "select count(*) from onboarding_step where onboarding_id = ? and step = 'approved'",
                                id))
                .isEqualTo(1);
    }

    @Test
    void what_a_reviewer_wants_changed_comes_back_with_its_reason() {
        var email = newEmail();
        var owner = complete(owner(email));
        jdbc.sql("update portal_user set language = 'zh' where email = ?").param(email).update();
        expect(200, submit(owner));
        var id = owner.get(ONBOARDING).text("id");
        expect(200, act(id, "take", "ann", Map.of()));
        assertThat(
                        act(
                                        id,
                                        "request_changes",
                                        "ann",
                                        Map.of(
                                                "items",
                                                List.of(Map.of("item", "shoe", "reason", "x"))))
                                .code())
                .isEqualTo("invalid_request");

        expect(
                200,
                act(
                        id,
                        "request_changes",
                        "ann",
                        Map.of(
                                "items",
                                List.of(
                                        Map.of(
                                                "item",
                                                "business",
                                                "reason",
                                                "This number is another company's."),
                                        Map.of(
                                                "item",
                                                "identity",
                                                "reason",
                                                "Mere Tane's passport has expired.")))));

        var seen = owner.get(ONBOARDING);
        assertThat(seen.text("status")).isEqualTo("needs_changes");
        assertThat(statusOf(seen, "business")).isEqualTo("fix");
        assertThat(statusOf(seen, "people")).isEqualTo("ready");
        assertThat(seen.body().toString()).contains("another company's");
        await().untilAsserted(() ->
                assertThat(mailTo(email)).contains("需要修改").doesNotContain("Tane", "expired"));
        assertThat(pointers(submit(owner).body().path("errors")))
                .containsExactly("/business", "/identity");

        expect(200, put(owner, "business", 1, business("Kauri Books (2026) Limited")));
        expect(201, upload(owner, "identity", "new.pdf", pdf("a new passport")));
        assertThat(statusOf(owner.get(ONBOARDING), "identity")).isEqualTo("ready");
        expect(200, submit(owner));

        var file = staff("GET", REVIEWS + "/" + id, null);
        assertThat(file.text("status")).isEqualTo("submitted");
        assertThat(file.body().path("reviewer").isNull()).isTrue();
        assertThat(file.body().path("remarks").size()).isEqualTo(2);
        assertThat(file.body().path("remarks").path(0).path("resolved_at").isNull()).isFalse();
        assertThat(
                        file.body()
                                .path("steps")
                                .valueStream()
                                .map(step -> step.path("step").asString()))
                .containsExactly("submitted", "taken", "changes_requested", "submitted");
    }

    @Test
    void saving_the_same_again_changes_nothing_that_was_to_be_changed() {
        var owner = complete(owner());
        expect(200, submit(owner));
        var id = owner.get(ONBOARDING).text("id");
        act(id, "take", "ann", Map.of());
        expect(
                200,
                act(
                        id,
                        "request_changes",
                        "ann",
                        Map.of("items", List.of(Map.of("item", "business", "reason", "No.")))));

        expect(200, put(owner, "business", 1, business("Kauri Books Limited")));

        assertThat(statusOf(owner.get(ONBOARDING), "business")).isEqualTo("fix");
    }

    @Test
    void a_rejected_merchant_stays_a_draft_and_reads_why() {
        var email = newEmail();
        var owner = complete(owner(email));
        expect(200, submit(owner));
        var id = owner.get(ONBOARDING).text("id");
        act(id, "take", "ann", Map.of());
        assertThat(act(id, "reject", "ann", Map.of()).code()).isEqualTo("invalid_request");

        expect(200, act(id, "reject", "ann", Map.of("reason", "We can't serve this trade.")));

        var seen = owner.get(ONBOARDING);
        assertThat(seen.text("status")).isEqualTo("rejected");
        assertThat(seen.text("rejection_reason")).isEqualTo("We can't serve this trade.");
        assertThat(owner.get("/portal/api/session").text("merchant", "status")).isEqualTo("draft");
        assertThat(act(id, "take", "ann", Map.of()).code()).isEqualTo("onboarding_status_conflict");
        await().untilAsserted(() -> assertThat(mailTo(email)).contains("was not approved"));
    }

    @Test
    void only_the_one_who_took_it_decides_until_it_is_released() {
        var id = submitted();
        expect(200, act(id, "take", "ann", Map.of()));

        for (var refused :
                List.of(
                        act(id, "approve", "bob", Map.of()),
                        act(id, "reject", "bob", Map.of("reason", "x")),
                        act(
                                id,
                                "request_changes",
                                "bob",
                                Map.of(
                                        "items",
                                        List.of(Map.of("item", "sites", "reason", "x")))))) {
            assertThat(refused.code()).isEqualTo("taken_by_another");
        }
        assertThat(act(id, "take", "bob", Map.of()).code()).isEqualTo("onboarding_status_conflict");
        expect(200, act(id, "release", "bob", Map.of()));
        assertThat(act(id, "approve", "ann", Map.of()).code())
                .isEqualTo("onboarding_status_conflict");
        expect(200, act(id, "take", "bob", Map.of()));
        expect(200, act(id, "approve", "bob", Map.of()));
    }

    @Test
    void of_two_who_take_the_same_at_once_one_has_it() throws Exception {
        var id = submitted();
        var version = staff("GET", REVIEWS + "/" + id, null).body().path("version").asLong();

        var answers =
                atOnce(
                        () ->
                                staff(
                                        "POST",
                                        REVIEWS + "/" + id + ":take",
                                        Map.of("reviewer", "ann", "version", version)),
                        () ->
                                staff(
                                        "POST",
                                        REVIEWS + "/" + id + ":take",
                                        Map.of("reviewer", "bob", "version", version)));

        assertThat(answers).extracting(Browser.Answer::status).containsExactlyInAnyOrder(200, 409);
        assertThat(
                        count(
                                "select count(*) from onboarding_step where onboarding_id = ? and step = 'taken'",
                                id))
                .isEqualTo(1);
    }

    @Test
    void a_hit_in_the_list_takes_two_people_and_a_reason() throws Exception {
        sanctions(NOBODY + "UN,77,\"TANE, Mere\",1980\n");
        var owner = complete(owner());
        expect(200, submit(owner));
        var id = owner.get(ONBOARDING).text("id");
        var taken = act(id, "take", "ann", Map.of());
        assertThat(taken.body().path("high_risk").asBoolean()).isTrue();
        assertThat(taken.text("screening", "outcome")).isEqualTo("hits");
        assertThat(taken.body().path("screening").path("hits").path(0).path("where").asString())
                .isEqualTo("bank_account/holder_name");
        assertThat(
                        taken.body()
                                .path("screening")
                                .path("hits")
                                .path(1)
                                .path("birth_date")
                                .asString())
                .isEqualTo("matches");

        assertThat(act(id, "approve", "ann", Map.of()).code()).isEqualTo("invalid_request");
        var first = act(id, "approve", "ann", Map.of("reason", "Born elsewhere."));
        expect(200, first);
        assertThat(first.text("status")).isEqualTo("in_review");
        assertThat(first.text("approved_by")).isEqualTo("ann");
        assertThat(act(id, "approve", "ann", Map.of("reason", "Again.")).code())
                .isEqualTo("second_reviewer_needed");
        assertThat(act(id, "approve", "ANN", Map.of("reason", "Again.")).code())
                .isEqualTo("second_reviewer_needed");
        assertThat(owner.get("/portal/api/session").text("merchant", "status")).isEqualTo("draft");

        var body =
                Map.of(
                        "version",
                        first.body().path("version").asLong(),
                        "reason",
                        "Seen the papers.");
        var answers =
                atOnce(
                        () ->
                                staff(
                                        "POST",
                                        REVIEWS + "/" + id + ":approve",
                                        with(body, "reviewer", "bob")),
                        () ->
                                staff(
                                        "POST",
                                        REVIEWS + "/" + id + ":approve",
                                        with(body, "reviewer", "cleo")));

        assertThat(answers).extracting(Browser.Answer::status).containsExactlyInAnyOrder(200, 409);
        assertThat(staff("GET", REVIEWS + "/" + id, null).text("checked_by")).isIn("bob", "cleo");
        assertThat(owner.get("/portal/api/session").text("merchant", "status")).isEqualTo("active");
    }

    @Test
    void the_database_itself_lets_nobody_check_what_he_approved() {
        var id = submitted();

        assertThatThrownBy(() ->
                        jdbc.sql(
                                        "update onboarding set status = 'approved', high_risk = true, approved_by = 'ann', checked_by = 'Ann' where id = ?")
                                .param(id)
                                .update())
                .hasMessageContaining("the_checker_is_somebody_else");
        assertThatThrownBy(() ->
                        jdbc.sql(
                                        "update onboarding set status = 'approved', high_risk = true, approved_by = 'ann' where id = ?")
                                .param(id)
                                .update())
                .hasMessageContaining("what_is_approved_has_its_approvals");
        assertThatThrownBy(() ->
                        jdbc.sql("delete from onboarding_step where onboarding_id = ?")
                                .param(id)
                                .update())
                .hasMessageContaining("never changed");
    }

    @Test
    void who_gets_on_the_list_during_the_review_is_found_before_the_approval() {
        var id = submitted();
        act(id, "take", "ann", Map.of());
        sanctions(NOBODY + "NZ,9,Kauri Books,\n");

        assertThat(act(id, "approve", "ann", Map.of()).code()).isEqualTo("screening_changed");

        var file = staff("GET", REVIEWS + "/" + id, null);
        assertThat(file.text("screening", "outcome")).isEqualTo("hits");
        assertThat(file.body().path("high_risk").asBoolean()).isTrue();
        assertThat(file.text("status")).isEqualTo("in_review");
        expect(200, act(id, "approve", "ann", Map.of("reason", "Another one of this name.")));
        expect(200, act(id, "approve", "bob", Map.of("reason", "Agreed.")));
    }

    @Test
    void a_hit_that_gets_worse_during_the_review_is_new() {
        sanctions(NOBODY + "NZ,9,Mere Tane,1901\n");
        var id = submitted();
        act(id, "take", "ann", Map.of());
        sanctions(NOBODY + "NZ,9,Mere Tane,1980-02-29\n");

        assertThat(act(id, "approve", "ann", Map.of("reason", "Another birth date.")).code())
                .isEqualTo("screening_changed");
        expect(200, act(id, "approve", "ann", Map.of("reason", "It is somebody else.")));
    }

    @Test
    void a_list_that_cannot_be_read_stops_approvals_and_no_submission() throws IOException {
        Files.writeString(SANCTIONS, "");
        var id = submitted();
        var taken = act(id, "take", "ann", Map.of());
        assertThat(taken.text("screening", "outcome")).isEqualTo("failed");

        var refused = act(id, "approve", "ann", Map.of());
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("screening_unavailable");
        assertThat(staff("GET", REVIEWS + "/" + id, null).text("status")).isEqualTo("in_review");

        sanctions(NOBODY);
        expect(200, act(id, "approve", "ann", Map.of()));
    }

    @Test
    void the_queue_shows_what_waits_oldest_first_and_goes_on_by_cursor() {
        jdbc.sql(
                        "update onboarding set submitted_at = submitted_at - interval '1 year', status = 'needs_changes' where status = 'submitted'")
                .update();
        var first = submitted();
        var second = submitted();
        var third = submitted();
        expect(200, put(owner(), "methods", 0, Map.of()));

        var page = staff("GET", REVIEWS + "?limit=2", null);
        var next = staff("GET", REVIEWS + "?limit=2&cursor=" + page.text("next_cursor"), null);

        assertThat(ids(page)).containsExactly(first, second);
        assertThat(page.body().path("has_more").asBoolean()).isTrue();
        assertThat(ids(next)).containsExactly(third);
        assertThat(next.body().path("next_cursor").isNull()).isTrue();
        assertThat(page.body().toString()).doesNotContain("Tane");
        assertThat(staff("GET", REVIEWS + "?status=draft", null).code())
                .isEqualTo("invalid_request");
        assertThat(staff("GET", REVIEWS + "?cursor=x", null).code()).isEqualTo("invalid_request");
    }

    @Test
    void a_draft_is_its_merchants_own_and_reviews_are_for_the_staffs_service_only() {
        var owner = complete(owner());
        var id = owner.get(ONBOARDING).text("id");
        assertThat(staff("GET", REVIEWS + "/" + id, null).status()).isEqualTo(404);
        assertThat(act(id, "take", "ann", Map.of("version", versionOf(owner))).status())
                .isEqualTo(404);
        expect(200, submit(owner));
        var document = owner.get(DOCUMENTS).body().path("data").path(0);

        var content =
                staff(
                        "GET",
                        REVIEWS
                                + "/"
                                + id
                                + "/documents/"
                                + document.path("id").asString()
                                + "/content",
                        null);

        assertThat(content.raw().body()).hasSize(document.path("size").asInt());
        assertThat(content.raw().headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        var stranger = browser();
        stranger.repeatsCsrfToken = false;
        assertThat(stranger.get(REVIEWS + "/" + id).status()).isEqualTo(401);
        stranger.headers.put("Authorization", "Bearer " + serviceToken("job-service"));
        assertThat(stranger.get(REVIEWS + "/" + id).code()).isEqualTo("forbidden_scope");
        assertThat(stranger.get(REVIEWS).code()).isEqualTo("forbidden_scope");
        assertThat(
                        stranger.get(
                                        REVIEWS
                                                + "/"
                                                + id
                                                + "/documents/"
                                                + document.path("id").asString()
                                                + "/content")
                                .code())
                .isEqualTo("forbidden_scope");
        for (var verb : List.of("take", "release", "approve")) {
            assertThat(
                            stranger.send(
                                            "POST",
                                            REVIEWS + "/" + id + ":" + verb,
                                            Map.of("reviewer", "ann", "version", 1))
                                    .code())
                    .isEqualTo("forbidden_scope");
        }
        assertThat(staff("POST", REVIEWS + "/" + id + ":take", Map.of("version", 1)).code())
                .isEqualTo("invalid_request");
        assertThat(
                        staff(
                                        "POST",
                                        REVIEWS + "/" + id + ":take",
                                        Map.of("reviewer", "ann", "version", 0))
                                .code())
                .isEqualTo("onboarding_changed");
    }

    @Test
    void what_people_said_is_in_no_table_event_or_log(CapturedOutput output) {
        sanctions(NOBODY + "UN,77,Mere Tane,1980\n");
        var owner = complete(owner());
        put(
                owner,
                "people",
                1,
                Map.of("people", List.of(Map.of("name", "Mere Tane", "birth_date", "1980-02-31"))));
        upload(owner, "identity", "mere-tane.exe", text("MZ Tane"));
        expect(200, submit(owner));
        var id = owner.get(ONBOARDING).text("id");
        act(id, "take", "ann", Map.of());
        act(
                id,
                "request_changes",
                "ann",
                Map.of(
                        "items",
                        List.of(Map.of("item", "people", "reason", "Is Mere Tane born in 1980?"))));

        for (var table :
                List.of(
                        "onboarding",
                        "onboarding_section",
                        "onboarding_remark",
                        "onboarding_step",
                        "onboarding_screening",
                        "document",
                        "outbox",
                        "outgoing_mail")) {
            var all =
                    jdbc.sql("select coalesce(string_agg(t::text, ' '), '') from " + table + " t")
                            .query(String.class)
                            .single();
            assertThat(all).as(table).doesNotContain("Tane", "1980-02-29", "0068389", "passport");
        }
        assertThat(output.getAll()).doesNotContain("Tane", "1980-02-29", "0068389");
    }

    @Test
    void a_merchant_that_was_taken_on_by_staff_needs_none() {
        var owner = owner();
        jdbc.sql("update merchant set status = 'active' where id = ?")
                .param(merchantOf(owner))
                .update();

        assertThat(owner.get(ONBOARDING).code()).isEqualTo("no_onboarding");
        assertThat(put(owner, "methods", 0, Map.of()).code()).isEqualTo("no_onboarding");
    }

    // At the console.

    private static final String CONSOLE = "/console/api/onboarding/applications";

    @Test
    void two_people_at_the_console_approve_and_the_audit_hears_of_each_step() {
        sanctions("UN,9,Mere Tane,1980\n");
        var id = submitted();
        var path = CONSOLE + "/" + id;
        var one = colleague("per_01", "onboarding:read", "onboarding:review");
        var other = colleague("per_02", "onboarding:read", "onboarding:review");

        expect(200, one.get(path));
        var taken = one.post(path + ":take", Map.of("version", versionAt(one, path)));
        assertThat(taken.text("reviewer")).isEqualTo("per_01");
        var document = taken.body().path("documents").get(0).path("id").asString();
        expect(200, one.get(path + "/documents/" + document + "/content"));
        var seen = versionAt(one, path);
        expect(200, one.post(path + ":approve", Map.of("version", seen, "reason", "known to us")));
        // The same person, through another account.
        assertThat(
                        colleague("per_01", "onboarding:review")
                                .post(
                                        path + ":approve",
                                        Map.of("version", seen + 1, "reason", "again"))
                                .code())
                .isEqualTo("second_reviewer_needed");
        var approved =
                other.post(path + ":approve", Map.of("version", seen + 1, "reason", "agreed"));
        assertThat(approved.text("status")).isEqualTo("approved");

        var told =
                jdbc.sql(
                                "select data::json ->> 'action' || ' ' || (data::json ->> 'person') from outbox"
                                        + " where type = 'staff.acted' and subject = ? order by position")
                        .param(id)
                        .query(String.class)
                        .list();
        assertThat(told)
                .filteredOn(act -> !act.startsWith("onboarding.read"))
                .containsExactly(
                        "onboarding.taken per_01",
                        "onboarding.document_read per_01",
                        "onboarding.approved_first per_01",
                        "onboarding.approved per_02");
        assertThat(told).contains("onboarding.read per_01");
        assertThat(
                        jdbc.sql("select string_agg(data::text, '') from outbox where subject = ?")
                                .param(id)
                                .query(String.class)
                                .single())
                .doesNotContain("known to us", "Mere Tane", "Kauri");
    }

    @Test
    void what_the_list_says_anew_at_an_approval_is_in_the_audit_without_names() {
        var id = submitted();
        var path = CONSOLE + "/" + id;
        var reviewer = colleague("per_06", "onboarding:read", "onboarding:review");
        expect(200, reviewer.post(path + ":take", Map.of("version", versionAt(reviewer, path))));
        sanctions(NOBODY + "NZ,9,Kauri Books,\n");

        var refused =
                reviewer.post(path + ":approve", Map.of("version", versionAt(reviewer, path)));

        assertThat(refused.code()).isEqualTo("screening_changed");
        var told =
                jdbc.sql(
                                "select data::text from outbox where subject = ? and data::json ->> 'action' = 'onboarding.screening_changed'")
                        .param(id)
                        .query(String.class)
                        .single();
        assertThat(told)
                .contains("per_06", "\"clear\"", "\"hits\":\"0\"", "\"hits\":\"2\"")
                .doesNotContain("Kauri");
    }

    @Test
    void the_console_lets_people_do_what_they_may_and_no_more() {
        var id = submitted();
        var path = CONSOLE + "/" + id;
        var reader = colleague("per_03", "onboarding:read");
        var clerk = colleague("per_04", "merchants:read");

        assertThat(clerk.get(path).code()).isEqualTo("forbidden_scope");
        assertThat(clerk.get(CONSOLE).code()).isEqualTo("forbidden_scope");
        assertThat(reader.get("/console/api/merchants").code()).isEqualTo("forbidden_scope");
        expect(200, reader.get(CONSOLE));
        for (var verb : List.of("take", "release", "approve", "reject", "request_changes")) {
            var body =
                    Map.of(
                            "take", Map.<String, Object>of("version", 1),
                            "release", Map.<String, Object>of("version", 1),
                            "approve", Map.<String, Object>of("version", 1),
                            "reject", Map.<String, Object>of("version", 1, "reason", "x"),
                            "request_changes",
                                    Map.<String, Object>of(
                                            "version",
                                            1,
                                            "items",
                                            List.of(Map.of("item", "identity", "reason", "x"))));
            assertThat(reader.post(path + ":" + verb, body.get(verb)).code())
                    .as(verb)
                    .isEqualTo("forbidden_scope");
        }
        var tired =
                colleague(
                        "per_05",
                        Instant.now().minusSeconds(301),
                        "onboarding:read",
                        "onboarding:review");
        var taken = tired.post(path + ":take", Map.of("version", versionAt(tired, path)));
        expect(200, taken);
        var version = taken.body().path("version").asLong();
        assertThat(tired.post(path + ":approve", Map.of("version", version)).code())
                .isEqualTo("step_up_required");
        assertThat(tired.post(path + ":reject", Map.of("version", version, "reason", "no")).code())
                .isEqualTo("step_up_required");
        expect(200, tired.post(path + ":release", Map.of("version", version)));

        var merchant = reader.get(path).text("merchant_id");
        var seen = clerk.get("/console/api/merchants/" + merchant);
        assertThat(seen.text("onboarding_status")).isEqualTo("submitted");
        assertThat(seen.body().path("people").asInt()).isEqualTo(1);
        assertThat(clerk.get("/console/api/merchants?text=" + merchant).body().path("data"))
                .hasSize(1);
        assertThat(
                        clerk.get("/console/api/merchants?text=nobody%20is%20called%20so")
                                .body()
                                .path("data"))
                .isEmpty();
        assertThat(owner().get("/console/api/merchants").status()).isEqualTo(401);
    }

    private static long versionAt(Browser browser, String path) {
        return browser.get(path).body().path("version").asLong();
    }

    private Browser colleague(String person, String... permissions) {
        return colleague(person, Instant.now(), permissions);
    }

    private Browser colleague(String person, Instant steppedUpAt, String... permissions) {
        var browser = browser();
        browser.repeatsCsrfToken = false;
        browser.headers.put(
                "Authorization", "Bearer " + staffToken(person, steppedUpAt, permissions));
        return browser;
    }

    // How a merchant and a reviewer act.

    private String submitted() {
        var owner = complete(owner());
        expect(200, submit(owner));
        return owner.get(ONBOARDING).text("id");
    }

    private static Browser complete(Browser owner) {
        expect(200, put(owner, "business", 0, business("Kauri Books Limited")));
        expect(
                200,
                put(
                        owner,
                        "people",
                        0,
                        Map.of(
                                "people",
                                List.of(
                                        Map.of(
                                                "name",
                                                "Mere Tane",
                                                "birth_date",
                                                "1980-02-29",
                                                "nationality",
                                                "NZ",
                                                "director",
                                                true,
                                                "share_percent",
                                                "75.00")),
                                "all_listed",
                                true)));
        expect(
                200,
                put(
                        owner,
                        "bank_account",
                        0,
                        Map.of(
                                "holder_name",
                                "Mere Tane",
                                "account_number",
                                "01-0902-0068389-00")));
        expect(
                200,
                put(
                        owner,
                        "methods",
                        0,
                        Map.of(
                                "methods",
                                List.of("wechat", "alipay"),
                                "expected_monthly",
                                "20000.00",
                                "expected_average",
                                "60")));
        expect(200, put(owner, "sites", 0, Map.of("websites", List.of("https://kauri.example"))));
        var whose = owner.get("/portal/api/session").text("user", "id");
        expect(201, upload(owner, "identity", "passport.pdf", pdf("passport of " + whose)));
        expect(201, upload(owner, "proof_of_address", "power.jpg", jpeg()));
        expect(201, upload(owner, "bank_statement", "bank.png", png()));
        return owner;
    }

    private static Map<String, Object> business(String legalName) {
        return Map.of(
                "type", "company",
                "legal_name", legalName,
                "trading_name", "Kauri Books",
                "nzbn", "9429041535110",
                "company_number", "5555555",
                "description", "Books",
                "phone", "+64 9 555 0100",
                "address",
                        Map.of(
                                "line1",
                                "1 Quay Street",
                                "city",
                                "Auckland",
                                "postcode",
                                "1010",
                                "country",
                                "NZ"));
    }

    private static Browser.Answer put(Browser browser, String section, long version, Object data) {
        if (!browser.cookies.containsKey("XSRF-TOKEN")) {
            browser.get("/portal/api/session");
        }
        return browser.send(
                "PUT", ONBOARDING + "/" + section, Map.of("version", version, "data", data));
    }

    private static Browser.Answer upload(Browser browser, String kind, String name, byte[] file) {
        return browser.upload(
                DOCUMENTS + "?kind=" + kind + "&name=" + name, "application/pdf", file);
    }

    private static Browser.Answer submit(Browser browser) {
        return browser.post(
                ONBOARDING + ":submit", Map.of("version", versionOf(browser), "agrees", true));
    }

    private static long versionOf(Browser browser) {
        return browser.get(ONBOARDING).body().path("version").asLong();
    }

    /** With the version as it is now, unless the body has one. */
    private Browser.Answer act(String id, String verb, String reviewer, Map<String, ?> more) {
        var body = new HashMap<String, Object>();
        body.put("version", staff("GET", REVIEWS + "/" + id, null).body().path("version").asLong());
        body.put("reviewer", reviewer);
        body.putAll(more);
        return staff("POST", REVIEWS + "/" + id + ":" + verb, body);
    }

    private Browser.Answer staff(String method, String path, @Nullable Object body) {
        var service = browser();
        service.repeatsCsrfToken = false;
        service.headers.put("Authorization", "Bearer " + serviceToken("trade-admin-service"));
        return service.send(method, path, body);
    }

    private static Map<String, Object> with(Map<String, ?> body, String name, Object value) {
        var all = new HashMap<String, Object>(body);
        all.put(name, value);
        return all;
    }

    private static String merchantOf(Browser browser) {
        return browser.get("/portal/api/session").text("merchant", "id");
    }

    private static String statusOf(Browser.Answer onboarding, String item) {
        return onboarding
                .body()
                .path("items")
                .valueStream()
                .filter(one -> one.path("item").asString().equals(item))
                .map(one -> one.path("status").asString())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> pointers(tools.jackson.databind.JsonNode errors) {
        return errors.valueStream().map(error -> error.path("pointer").asString()).toList();
    }

    private static List<String> ids(Browser.Answer list) {
        return list.body()
                .path("data")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    private int count(String sql, Object... params) {
        return jdbc.sql(sql).params(params).query(Integer.class).single();
    }

    private static List<Path> filesOnDisk() {
        try (var files = Files.walk(FILES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Browser.Answer> atOnce(
            Callable<Browser.Answer> one, Callable<Browser.Answer> two) throws Exception {
        return atOnce(List.of(one, two));
    }

    private static List<Browser.Answer> atOnce(
            Callable<Browser.Answer> one,
            Callable<Browser.Answer> two,
            Callable<Browser.Answer> three)
            throws Exception {
        return atOnce(List.of(one, two, three));
    }

    private static List<Browser.Answer> atOnce(List<Callable<Browser.Answer>> calls)
            throws Exception {
        var answers = new ArrayList<Browser.Answer>();
        try (var pool = Executors.newFixedThreadPool(4)) {
            for (var done : pool.invokeAll(calls)) {
                answers.add(done.get());
            }
        }
        return Collections.unmodifiableList(answers);
    }
}
