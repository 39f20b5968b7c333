package io.ferrypay.sandbox.paycode;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Payers who need twenty seconds, in true time, to give their password. */
@Component
public class PasswordsLater {

    private static final int SECONDS = 20;

    private final ScheduledThreadPoolExecutor payers =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("pay-code-payers").daemon().factory());

    /**
     * @param pays what giving it does; whatever it throws is of no consequence, for the order may
     *     have ended meanwhile
     */
    public void give(Runnable pays) {
        var _ = payers.schedule(pays, SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        payers.shutdownNow();
    }
}
