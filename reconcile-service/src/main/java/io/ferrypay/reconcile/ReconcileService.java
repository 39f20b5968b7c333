package io.ferrypay.reconcile;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class ReconcileService {

    public static void main(String[] arguments) {
        SpringApplication.run(ReconcileService.class, arguments);
    }
}
