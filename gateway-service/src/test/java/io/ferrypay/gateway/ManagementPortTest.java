package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.web.reactive.server.WebTestClient;

class ManagementPortTest extends GatewayTest {

    @LocalManagementPort int managementPort;

    @Test
    void health_and_metrics_have_a_port_of_their_own() {
        http.get().uri("/v2/openapi.json").exchange().expectStatus().isOk();
        var management =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + managementPort).build();

        management.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
        management
                .get()
                .uri("/actuator/health/upstreams")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.routes.details.payment-channel-service")
                .isEqualTo(1);
        management
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(metrics ->
                        assertThat(metrics)
                                .contains("door=\"API_DESCRIPTION\"")
                                .contains("resilience4j_circuitbreaker_state"));
        management.get().uri("/actuator/env").exchange().expectStatus().isNotFound();
        management.get().uri("/actuator/gateway/routes").exchange().expectStatus().isNotFound();
    }
}
