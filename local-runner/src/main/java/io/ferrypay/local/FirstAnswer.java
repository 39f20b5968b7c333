package io.ferrypay.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ready means a shop is served: the platform is asked the way a shop asks, with the demo shop's
 * key, through the gateway.
 */
final class FirstAnswer {

    private final Workspace workspace;

    FirstAnswer(Workspace workspace) {
        this.workspace = workspace;
    }

    void await(Duration limit, CountDownLatch stopAsked) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        var last = "no answer yet";
        while (System.nanoTime() < deadline) {
            last = ask();
            if (last.equals("200")) {
                return;
            }
            if (stopAsked.await(200, TimeUnit.MILLISECONDS)) {
                throw new Refusal("Stopped before it was ready.");
            }
        }
        throw new Refusal(
                "Every service says it is ready, but a shop's request through the gateway still answers "
                        + last
                        + ". See ./ferry logs gateway-service.");
    }

    private String ask() {
        try {
            var key = Files.readString(Launch.demoKey(workspace)).strip();
            var connection =
                    (HttpURLConnection)
                            URI.create(workspace.urlOf(Part.GATEWAY) + "/v2/payments?limit=1")
                                    .toURL()
                                    .openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(5000);
            connection.setRequestProperty("Authorization", "Bearer " + key);
            return String.valueOf(connection.getResponseCode());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
