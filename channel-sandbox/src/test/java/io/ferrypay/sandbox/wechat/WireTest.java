package io.ferrypay.sandbox.wechat;

import io.ferrypay.sandbox.ChannelSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** A running sandbox, the SDK as the merchant, and a server for notifications. */
@SpringBootTest(classes = ChannelSandbox.class, webEnvironment = WebEnvironment.RANDOM_PORT)
public abstract class WireTest {

    protected static final Path KEYS = newKeys();

    @LocalServerPort protected int port;

    protected Institution institution;
    protected MockWebServer shop;
    protected RestClient control;

    private static Path newKeys() {
        try {
            var folder = Files.createTempDirectory("wechat-keys");
            GenerateWechatKeys.generate(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void keys(DynamicPropertyRegistry properties) {
        properties.add("ferry.sandbox.wechat.directory", KEYS::toString);
    }

    @BeforeEach
    void start() throws IOException {
        control = RestClient.create("http://127.0.0.1:" + port);
        command("/control/reset", "");
        institution = new Institution("http://127.0.0.1:" + port, KEYS);
        shop = new MockWebServer();
        shop.start();
    }

    @AfterEach
    void stop() {
        command("/control/reset", "");
        shop.close();
    }

    protected String notifyUrl() {
        return "http://localhost:" + shop.getPort() + "/notify/wechat";
    }

    protected static String number() {
        return "T-" + UUID.randomUUID().toString().substring(0, 30).replace("-", "");
    }

    /** A fresh order, unpaid. */
    protected String placed() {
        var number = number();
        institution.place(Institution.order(number, notifyUrl()));
        return number;
    }

    protected String paid() {
        var number = placed();
        pay(number);
        return number;
    }

    protected JsonNode pay(String number) {
        return command("/control/wechat/orders/" + number + "/pay", "");
    }

    protected void faults(String json) {
        command("/control/wechat/faults", json);
    }

    protected JsonNode command(String path, String json) {
        var request = control.post().uri(path);
        if (!json.isEmpty()) {
            request.contentType(MediaType.APPLICATION_JSON).body(json);
        }
        return request.retrieve().body(JsonNode.class);
    }

    protected JsonNode notifications(String number) {
        return control.get()
                .uri("/control/wechat/notifications?out_trade_no=" + number)
                .retrieve()
                .body(JsonNode.class)
                .path("notifications");
    }
}
