package io.ferrypay.postgres;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that starts a server and waits to be killed. */
final class StartAndStay {
    static final String READY = "ready";

    private StartAndStay() {}

    public static void main(String[] arguments) throws InterruptedException {
        LocalPostgres.start(Path.of(arguments[0]), 0, true);
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
