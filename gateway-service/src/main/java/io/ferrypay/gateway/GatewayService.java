package io.ferrypay.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Lets the outside world in through the addresses of {@code Door}, and through nothing else. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayService {

    public static void main(String[] arguments) {
        SpringApplication.run(GatewayService.class, arguments);
    }
}
