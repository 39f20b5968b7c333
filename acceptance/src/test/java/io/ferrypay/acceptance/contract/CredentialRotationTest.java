package io.ferrypay.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.acceptance.RunningPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every account gets a new credential while orders are open, and the service is started again with
 * both. The companies do not know the new keys, so whatever succeeds was done with the old ones,
 * and whatever is refused was tried with the new ones.
 */
@Isolated
@Order(90)
class CredentialRotationTest {

    private static final String SUFFIX = "-2";
    private static final String SERVICE = "payment-channel-service";
    private static final int RSA_BITS = 2048;

    private final RunningPlatform platform = new RunningPlatform();

    @Test
    void an_order_begun_before_a_key_is_changed_ends_with_the_old_key() throws Exception {
        var companies = Company.all(platform);
        var begun = new HashMap<Company, io.ferrypay.acceptance.contract.Order>();
        for (var company : companies) {
            begun.put(company, new Till(company).open(company.choice()));
        }
        try {
            for (var company : companies) {
                addCredential(company);
            }
            startAgain();

            var refunds = new HashMap<Company, String>();
            for (var company : companies) {
                var till = new Till(company);
                refunds.put(company, till.payAndRefund(begun.get(company)));
                till.newOrderGoesOutUnderTheNewKey();
            }
            for (var company : companies) {
                new Till(company).refundedByTheOldKey(begun.get(company), refunds.get(company));
                Findings.shown(
                        "an_order_begun_before_a_key_is_changed_ends_with_the_old_key",
                        company.title());
            }
        } finally {
            for (var company : companies) {
                removeCredential(company);
            }
            startAgain();
        }
    }

    private void startAgain() {
        var before = platform.pidOf(SERVICE);
        platform.kill(SERVICE);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> platform.pidOf(SERVICE) != before && platform.allReady());
        // The others have to hear of it, too.
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> platform.shop("GET", "/v2/payments?limit=1", null).status() == 200);
    }

    private Path folder(Company company, String suffix) {
        return platform.channelFolders().resolve(company.code() + suffix);
    }

    /** As the account's own, but for what we sign with. */
    private void addCredential(Company company) throws IOException, GeneralSecurityException {
        var added = Files.createDirectories(folder(company, SUFFIX));
        try (var files = Files.list(folder(company, ""))) {
            for (var file : files.toList()) {
                Files.copy(file, added.resolve(file.getFileName()));
            }
        }
        if (company instanceof Payease) {
            Files.writeString(added.resolve("key.txt"), "anotherKeyOf16Ch");
        } else {
            Files.writeString(added.resolve("merchant-key.pem"), newKey());
        }
    }

    private static String newKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private void removeCredential(Company company) throws IOException {
        var added = folder(company, SUFFIX);
        if (!Files.exists(added)) {
            return;
        }
        try (var files = Files.list(added)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(added);
    }

    private static final class Till extends Shopping {

        Till(Company company) {
            super(company.platform, company);
        }

        String payAndRefund(io.ferrypay.acceptance.contract.Order order) {
            company.pay(order);
            becomesPaid(order);
            eventually().until(() -> kept(order, "accepted") == 1);
            assertThat(
                            platform.queryOne(
                                    "payment_channel",
                                    "select account_id from channel_notification"
                                            + " where order_number = ? and verdict = 'accepted'",
                                    order.number()))
                    .isEqualTo(company.account());
            return refund(order, "120.00");
        }

        void refundedByTheOldKey(io.ferrypay.acceptance.contract.Order order, String refund) {
            eventually(minutes(2)).until(() -> refundStatus(refund).equals("succeeded"));
            assertThat(
                            platform.queryOne(
                                    "payment_channel",
                                    "select account_id from refund where id = ?",
                                    refund))
                    .isEqualTo(company.account());
            assertThat(company.givenBack(order)).isEqualByComparingTo(charged(order));
            toldOnce(refund, "refund.succeeded");
        }

        void newOrderGoesOutUnderTheNewKey() {
            var payment = create(900);
            var answer = ask(payment.path("nonce").asString(), company.choice());
            var number = platform.orderNumberOf(payment.path("id").asString());
            assertThat(
                            platform.queryOne(
                                    "payment_channel",
                                    "select account_id from attempt where order_number = ?",
                                    number))
                    .isEqualTo(company.account() + SUFFIX);
            if (answer.status() == 200) {
                company.goWrong(
                        new io.ferrypay.acceptance.contract.Order(
                                payment.path("id").asString(),
                                payment.path("nonce").asString(),
                                number,
                                Map.of(),
                                answer.body().path("attempt")));
            } else {
                assertThat(answer.code()).isIn("channel_refused", "channel_unavailable");
            }
            assertThat(company.orderAtCompany(number).status()).isEqualTo(404);
        }
    }
}
