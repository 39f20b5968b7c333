package io.ferrypay.tradeadmin;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Keeps the company's books. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class TradeAdminService {

    public static void main(String[] arguments) {
        SpringApplication.run(TradeAdminService.class, arguments);
    }
}
