package io.ferrypay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class RegistryServiceTest {

    @Autowired RestTestClient http;

    @Test
    void a_registered_instance_is_listed_at_once() {
        register("LISTED", "one", 3);

        assertThat(listing("LISTED")).contains("\"instanceId\":\"one\"");
    }

    @Test
    void an_instance_that_falls_silent_is_gone_within_eight_seconds() {
        register("SILENT", "dead", 3);
        register("SILENT", "alive", 3);

        await().atMost(Duration.ofSeconds(8))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> {
                    renew("SILENT", "alive");
                    assertThat(listing("SILENT")).doesNotContain("\"dead\"");
                });
        assertThat(listing("SILENT")).contains("\"alive\"");
    }

    @Test
    void an_instance_that_renews_stays_listed_past_its_lease() {
        register("STEADY", "one", 1);
        var later = System.nanoTime() + Duration.ofSeconds(4).toNanos();

        await().atMost(Duration.ofSeconds(8))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    renew("STEADY", "one");
                    assertThat(listing("STEADY")).contains("\"one\"");
                    return System.nanoTime() > later;
                });
    }

    @Test
    void readiness_is_served_and_nothing_else_of_the_actuator() {
        http.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
        http.get().uri("/actuator/env").exchange().expectStatus().isNotFound();
    }

    private void register(String application, String id, int leaseSeconds) {
        http.post()
                .uri("/eureka/apps/{application}", application)
                .contentType(MediaType.APPLICATION_JSON)
                .body(
                        """
                        {"instance":{"instanceId":"%2$s","app":"%1$s","vipAddress":"%1$s",
                        "hostName":"127.0.0.1","ipAddr":"127.0.0.1","status":"UP",
                        "port":{"$":9,"@enabled":"true"},
                        "dataCenterInfo":{
                          "@class":"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
                          "name":"MyOwn"},
                        "leaseInfo":{"renewalIntervalInSecs":1,"durationInSecs":%3$d}}}
                        """
                                .formatted(application, id, leaseSeconds))
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    private void renew(String application, String id) {
        http.put().uri("/eureka/apps/{app}/{id}", application, id).exchange();
    }

    private String listing(String application) {
        var body =
                http.get()
                        .uri("/eureka/apps")
                        .accept(MediaType.APPLICATION_JSON)
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();
        assertThat(body).as("the listing while asking for " + application).isNotNull();
        return body;
    }
}
