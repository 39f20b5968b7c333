package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shoppers pay while a service is killed again and again. Afterwards everything that was paid at
 * WeChat is paid here, and told under one id.
 */
@Isolated
class KilledProcessesTest {

    private static final int SHOPPERS = 6;
    private static final int PAYMENTS = 60;
    private static final int KILLS = 3;

    private final RunningPlatform platform = new RunningPlatform();

    @ParameterizedTest
    @ValueSource(strings = {"payment-channel-service", "notify-service"})
    void everything_paid_is_paid_and_told_once_however_often_it_is_killed(String victim)
            throws Exception {
        var paidAtWechat = new ConcurrentLinkedQueue<String>();
        try (var shop = ShopServer.accepting()) {
            shopThrough(victim, shop, paidAtWechat);

            await().atMost(Duration.ofSeconds(90)).until(platform::allReady);
            assertThat(paidAtWechat)
                    .as("shoppers who got as far as paying")
                    .hasSizeGreaterThan(PAYMENTS / 4);
            for (var payment : paidAtWechat) {
                await().atMost(Duration.ofMinutes(2))
                        .ignoreExceptions()
                        .until(() -> platform.status(payment).equals("paid"));
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> !shop.of(payment, "payment.paid").isEmpty());
            }
            for (var payment : paidAtWechat) {
                assertThat(shop.idsOf(payment, "payment.paid"))
                        .as("webhook ids of %s", payment)
                        .hasSize(1);
                assertThat(
                                platform.count(
                                        "payment_channel",
                                        "select count(*) from outbox where subject = ? and type = 'payment.paid'",
                                        payment))
                        .isEqualTo(1);
            }
        }
    }

    private void shopThrough(String victim, ShopServer shop, Queue<String> paidAtWechat)
            throws Exception {
        var tries = new AtomicInteger();
        var progress = new Semaphore(0);
        var hands = new ArrayList<Callable<Void>>();
        for (var shopper = 0; shopper < SHOPPERS; shopper++) {
            hands.add(() -> {
                while (tries.getAndIncrement() < PAYMENTS) {
                    payOnce(shop, paidAtWechat);
                    progress.release();
                }
                return null;
            });
        }
        hands.add(() -> {
            killAtRandom(victim, progress);
            return null;
        });
        try (var pool = Executors.newFixedThreadPool(hands.size())) {
            for (var hand : pool.invokeAll(hands)) {
                hand.get();
            }
        }
    }

    /** What fails while a service is down fails; only a payment that reached the wallet counts. */
    private void payOnce(ShopServer shop, Queue<String> paidAtWechat) {
        try {
            var shown = platform.showQr(shop.url(), 900);
            if (platform.sandbox(
                                    "POST",
                                    "/control/wechat/codes/pay",
                                    Map.of("code_url", shown.codeUrl()))
                            .status()
                    == 200) {
                paidAtWechat.add(shown.paymentId());
            }
        } catch (RuntimeException e) {
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() ->
                            platform.shop("GET", "/v2/payments?limit=1", null).status() == 200);
        }
    }

    private void killAtRandom(String victim, Semaphore progress) {
        var random = new Random();
        for (var kill = 0; kill < KILLS; kill++) {
            progress.acquireUninterruptibly(3 + random.nextInt(8));
            platform.kill(victim);
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(platform::allReady);
        }
    }
}
