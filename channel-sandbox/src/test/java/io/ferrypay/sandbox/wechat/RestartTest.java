package io.ferrypay.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.sandbox.ChannelSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

class RestartTest {

    @TempDir Path folder;

    @BeforeEach
    void generate_keys() throws Exception {
        GenerateWechatKeys.generate(folder);
    }

    @Test
    void orders_survive_and_what_nobody_accepted_is_told_on() throws Exception {
        try (var shop = new MockWebServer()) {
            shop.start();
            var url = "http://localhost:" + shop.getPort() + "/notify";
            shop.enqueue(new MockResponse.Builder().code(200).build());
            shop.enqueue(new MockResponse.Builder().code(500).build());
            String code;
            try (var sandbox = start()) {
                var institution = new Institution(base(sandbox), folder);
                code = institution.place(Institution.order("unpaid", url));
                institution.place(Institution.order("told", url));
                institution.place(Institution.order("untold", url));
                pay(sandbox, "told");
                awaitNotices(sandbox, "told");
                pay(sandbox, "untold");
                awaitNotices(sandbox, "untold");
            }
            assertThat(shop.getRequestCount()).isEqualTo(2);
            shop.enqueue(new MockResponse.Builder().code(200).build());

            try (var sandbox = start()) {
                var institution = new Institution(base(sandbox), folder);
                assertThat(institution.place(Institution.order("unpaid", url))).isEqualTo(code);
                assertThat(institution.query("told").path("trade_state").stringValue())
                        .isEqualTo("SUCCESS");
                var order = institution.query("untold");
                RestClient.create(base(sandbox))
                        .post()
                        .uri("/control/clock")
                        .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
                        .body("{\"offset_seconds\":20}")
                        .retrieve()
                        .toBodilessEntity();
                shop.takeRequest();
                shop.takeRequest();
                var request = shop.takeRequest(10, TimeUnit.SECONDS);
                assertThat(institution.read(request)).isEqualTo(order);
                awaitNotices(sandbox, "untold");
            }

            try (var sandbox = start()) {
                assertThat(notices(sandbox, "untold").path("waiting").intValue()).isZero();
            }
            assertThat(shop.getRequestCount()).isEqualTo(3);
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(ChannelSandbox.class)
                .run(
                        List.of(
                                        "--server.port=0",
                                        "--ferry.sandbox.wechat.directory=" + folder,
                                        "--ferry.sandbox.journal=" + folder.resolve("journal"))
                                .toArray(new String[0]));
    }

    private static String base(ConfigurableApplicationContext sandbox) {
        return "http://127.0.0.1:" + sandbox.getEnvironment().getProperty("local.server.port");
    }

    private static void pay(ConfigurableApplicationContext sandbox, String number) {
        RestClient.create(base(sandbox))
                .post()
                .uri("/control/wechat/orders/" + number + "/pay")
                .retrieve()
                .toBodilessEntity();
    }

    private static void awaitNotices(ConfigurableApplicationContext sandbox, String number) {
        await().until(() -> !notices(sandbox, number).path("notifications").isEmpty());
    }

    private static JsonNode notices(ConfigurableApplicationContext sandbox, String number) {
        return RestClient.create(base(sandbox))
                .get()
                .uri("/control/wechat/notifications?out_trade_no=" + number)
                .retrieve()
                .body(JsonNode.class);
    }
}
