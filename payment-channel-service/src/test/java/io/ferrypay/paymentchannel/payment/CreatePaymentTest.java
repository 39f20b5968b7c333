package io.ferrypay.paymentchannel.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CreatePaymentTest extends RunningServiceTest {

    @Test
    void a_payment_is_answered_with_its_link() {
        var answer = create(anyKey(), body("ORDER-1"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var payment = JSON.readTree(answer.body());
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/v2/payments/" + payment.path("id").asString());
        assertThat(payment.path("status").asString()).isEqualTo("created");
        assertThat(payment.path("amount").asString()).isEqualTo("120.00");
        assertThat(payment.path("payer_amount").asString()).isEqualTo("557.40");
        assertThat(payment.path("livemode").asBoolean(true)).isFalse();
        assertThat(payment.path("redirect_url").asString())
                .isEqualTo("http://localhost:7200/pay/" + payment.path("nonce").asString());
        assertThat(eventsOf(payment)).containsExactly("payment.created");
    }

    @Test
    void the_link_is_stored_nowhere() {
        var nonce = created().path("nonce").asString();

        for (var table : new String[] {"payment", "outbox", "idempotency_key"}) {
            assertThat(
                            jdbc.sql(
                                            "select count(*) from "
                                                    + table
                                                    + " t where to_jsonb(t)::text like ?")
                                    .param("%" + nonce + "%")
                                    .query(Long.class)
                                    .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void what_is_fetched_is_what_was_created_without_the_link() {
        var payment = created();

        var fetched = JSON.readTree(get("/v2/payments/" + payment.path("id").asString()).body());

        var expected =
                payment.deepCopy().asObject().remove(java.util.List.of("nonce", "redirect_url"));
        assertThat(fetched).isEqualTo(expected);
    }

    @Test
    void a_repeated_request_gets_the_same_answer() {
        var key = anyKey();
        var first = create(key, body("ORDER-1"));

        var second = create(key, body("ORDER-1"));

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(second.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    }

    @Test
    void a_repeated_request_gets_the_link_that_is_good_now() {
        var key = anyKey();
        var body = body(anyReference());
        var first = JSON.readTree(create(key, body).body());
        var id = first.path("id").asString();
        var reissued = JSON.readTree(post("/v2/payments/" + id + ":reissue_nonce", "").body());

        var again = JSON.readTree(create(key, body).body());

        var link = again.path("nonce").asString();
        assertThat(link)
                .isEqualTo(reissued.path("nonce").asString())
                .isNotEqualTo(first.path("nonce").asString());
        assertThat(again.path("redirect_url").asString()).endsWith("/pay/" + link);
        assertThat(page("GET", "/checkout/" + link, "").statusCode()).isEqualTo(200);
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        var key = anyKey();
        create(key, body("ORDER-1"));

        var second = create(key, body("ORDER-2"));

        assertThat(second.statusCode()).isEqualTo(422);
        assertThat(codeOf(second)).isEqualTo("idempotency_mismatch");
        assertThat(payments()).isEqualTo(1);
    }

    @Test
    void a_reference_is_taken_once_and_the_refusal_stands() {
        var first = JSON.readTree(create(anyKey(), body("ORDER-1")).body());
        var key = anyKey();

        var second = create(key, body("ORDER-1"));
        var third = create(key, body("ORDER-1"));

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(codeOf(second)).isEqualTo("reference_exists");
        assertThat(JSON.readTree(second.body()).path("payment_id").asString())
                .isEqualTo(first.path("id").asString());
        assertThat(codeOf(third)).isEqualTo("reference_exists");
        assertThat(codeOf(create(key, body("ORDER-2")))).isEqualTo("idempotency_mismatch");
        assertThat(payments()).isEqualTo(1);
    }

    @Test
    void fifty_parallel_creates_under_one_key_make_one_payment() throws Exception {
        var key = anyKey();
        var body = body("ORDER-1");

        var answers = inParallel(50, () -> create(key, body));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
        assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.getFirst().body());
        assertThat(payments()).isEqualTo(1);
        assertThat(eventsOf(JSON.readTree(answers.getFirst().body())))
                .containsExactly("payment.created");
    }

    @Test
    void fifty_parallel_creates_with_one_reference_make_one_payment() throws Exception {
        var body = body("ORDER-1");

        var answers = inParallel(50, () -> create(anyKey(), body));

        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsOnlyOnce(201)
                .allMatch(status -> status == 201 || status == 409);
        assertThat(payments()).isEqualTo(1);
    }

    @Test
    void a_key_somebody_else_is_working_under_says_try_again() throws Exception {
        var key = anyKey();
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (var statement =
                    connection.prepareStatement(
                            "insert into idempotency_key values (?, false, ?, '', 201, '', '', now())")) {
                statement.setString(1, merchant);
                statement.setString(2, key);
                statement.executeUpdate();
            }

            var answer = create(key, body("ORDER-1"));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
            assertThat(codeOf(answer)).isEqualTo("idempotency_in_progress");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            connection.rollback();
        }
        assertThat(create(key, body("ORDER-1")).statusCode()).isEqualTo(201);
    }

    @Test
    void another_merchant_may_use_the_same_key_and_reference() {
        var key = anyKey();
        create(key, body("ORDER-1"));
        merchant = newMerchant("accept");

        assertThat(create(key, body("ORDER-1")).statusCode()).isEqualTo(201);
    }

    @Test
    void a_merchant_we_have_not_heard_of_is_told_to_try_again() {
        merchant = "mer_00000000000000000000000000";

        var answer = create(anyKey(), body("ORDER-1"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(codeOf(answer)).isEqualTo("merchant_not_ready");
    }

    @Test
    void a_suspended_merchant_takes_no_payments() {
        jdbc.sql("update merchant_copy set status = 'suspended' where merchant_id = ?")
                .param(merchant)
                .update();

        assertThat(codeOf(create(anyKey(), body("ORDER-1")))).isEqualTo("merchant_suspended");
        assertThat(payments()).isZero();
    }

    @Test
    void a_key_older_than_a_day_is_forgotten_in_batches() {
        var answers = new NewPayments(jdbcTemplate);
        create(anyKey(), body("ORDER-1"));
        var fresh = anyKey();
        create(fresh, body("ORDER-2"));
        jdbc.sql(
                        """
                        update idempotency_key set created_at = now() - interval '25 hours'
                         where merchant_id = ? and key <> ?
                        """)
                .param(merchant)
                .param(fresh)
                .update();

        var dayAgo = java.time.Instant.now().minus(java.time.Duration.ofHours(24));
        var forgotten = answers.forgetAnswersBefore(dayAgo, 1);

        assertThat(forgotten).isEqualTo(1);
        assertThat(answers.forgetAnswersBefore(dayAgo, 1)).isZero();
        assertThat(create(fresh, body("ORDER-2")).headers().firstValue("Idempotent-Replayed"))
                .hasValue("true");
    }

    private long payments() {
        return jdbc.sql("select count(*) from payment where merchant_id = ?")
                .param(merchant)
                .query(Long.class)
                .single();
    }

    private static <T> java.util.List<T> inParallel(int times, Callable<T> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, times).mapToObj(_ -> threads.submit(work)).toList();
            var results = new java.util.ArrayList<T>();
            for (var one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    @org.springframework.beans.factory.annotation.Autowired private javax.sql.DataSource dataSource;

    @org.springframework.beans.factory.annotation.Autowired
    private org.springframework.jdbc.core.JdbcTemplate jdbcTemplate;
}
