package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {

    @TempDir private Path home;

    private Workspace workspace;

    @BeforeEach
    void every_company_has_its_folder() throws IOException {
        workspace = new Workspace(home, home, 7200);
        for (var company : new String[] {"wechat", "jdpay", "payease", "alipay"}) {
            keys(company);
        }
    }

    @Test
    void every_company_has_one_account() {
        var environment = launch().environment(Part.PAYMENT_CHANNEL);

        assertThat(environment)
                .containsEntry("FERRY_CHANNELS_WECHAT_ACCOUNTS_0_ID", "wechat-test")
                .containsEntry("FERRY_CHANNELS_JDPAY_ACCOUNTS_0_ID", "jdpay-test")
                .containsEntry("FERRY_CHANNELS_PAYEASE_ACCOUNTS_0_ID", "payease-test")
                .containsEntry("FERRY_CHANNELS_ALIPAY_ACCOUNTS_0_ID", "alipay-test")
                .doesNotContainKey("FERRY_CHANNELS_WECHAT_ACCOUNTS_1_ID");
    }

    @Test
    void what_merchants_hand_in_stays_in_the_platforms_own_folder() {
        assertThat(launch().environment(Part.MERCHANT))
                .containsEntry("FERRY_DOCUMENTS_FOLDER", home.resolve("documents").toString());
    }

    @Test
    void a_folder_beside_it_is_a_further_account_and_the_last_one() throws IOException {
        keys("alipay-3");
        keys("alipay-2");

        var environment = launch().environment(Part.PAYMENT_CHANNEL);

        assertThat(environment)
                .containsEntry("FERRY_CHANNELS_ALIPAY_ACCOUNTS_0_ID", "alipay-test")
                .containsEntry("FERRY_CHANNELS_ALIPAY_ACCOUNTS_1_ID", "alipay-test-2")
                .containsEntry("FERRY_CHANNELS_ALIPAY_ACCOUNTS_2_ID", "alipay-test-3")
                .containsEntry(
                        "FERRY_CHANNELS_ALIPAY_ACCOUNTS_2_PRIVATEKEYFILE",
                        home.resolve("channels/alipay-3/merchant-key.pem").toString())
                .doesNotContainKey("FERRY_CHANNELS_WECHAT_ACCOUNTS_1_ID");
    }

    @Test
    void both_sides_keep_the_same_distance_between_refunds_and_the_same_night() {
        var platform = launch().environment(Part.PAYMENT_CHANNEL);
        var companies = launch().environment(Part.SANDBOX);

        for (var rule : new String[] {"WECHAT_REFUNDSPACING", "ALIPAY_CODEREFUNDSFROM"}) {
            assertThat(platform).containsKey("FERRY_CHANNELS_" + rule);
            assertThat(companies)
                    .containsEntry("FERRY_SANDBOX_" + rule, platform.get("FERRY_CHANNELS_" + rule));
        }
    }

    private void keys(String folder) throws IOException {
        var keys = Files.createDirectories(home.resolve("channels").resolve(folder));
        Files.writeString(keys.resolve("merchant-serial.txt"), "4A6B\n");
    }

    private Launch launch() {
        return new Launch(workspace, Secrets.of(workspace), "jdbc:none");
    }
}
