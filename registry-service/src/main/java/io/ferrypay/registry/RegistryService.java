package io.ferrypay.registry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;

/** The Eureka registry; its settings, and why they are what they are, stand in application.yml. */
@SpringBootApplication
@EnableEurekaServer
public class RegistryService {

    public static void main(String[] arguments) {
        SpringApplication.run(RegistryService.class, arguments);
    }
}
