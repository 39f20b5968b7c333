package io.ferrypay.paymentchannel;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Takes payments in: the merchant API, the shopper's page, and the channels behind them. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class PaymentChannelService {

    public static void main(String[] args) {
        SpringApplication.run(PaymentChannelService.class, args);
    }
}
