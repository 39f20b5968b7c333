package io.ferrypay.paymentchannel.refund;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks the channel for refunds as soon as they are committed, a few at a time. Only a short cut:
 * what is lost here, because the process dies or too much comes at once, the clock takes up.
 */
@Component
class SubmitSoon implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(SubmitSoon.class);
    private static final int AT_ONCE = 8;
    private static final int MOST_WAITING = 256;
    private static final int PATIENCE_SECONDS = 10;

    private final AskForRefund ask;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    AT_ONCE,
                    AT_ONCE,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    Thread.ofVirtual().name("refund-", 0).factory(),
                    new ThreadPoolExecutor.DiscardPolicy());

    SubmitSoon(AskForRefund ask) {
        this.ask = ask;
    }

    void submit(String refundId) {
        threads.execute(() -> {
            try {
                ask.firstTime(refundId);
            } catch (RuntimeException e) {
                log.warn("{} is left to the clock", refundId, e);
            }
        });
    }

    /** Lets calls that have begun be answered; what has not begun is left to the clock. */
    @Override
    public void destroy() throws InterruptedException {
        threads.getQueue().clear();
        threads.shutdown();
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}
