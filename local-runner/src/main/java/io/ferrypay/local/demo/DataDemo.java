package io.ferrypay.local.demo;

import com.nimbusds.jose.jwk.ECKey;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.local.Progress;
import io.ferrypay.local.Refusal;
import io.ferrypay.local.demo.Web.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills the last thirty days of the demo shop, so that charts and lists are worth looking at:
 * payments by every method over two stores and the hours of the day, declined and expired ones,
 * refunds, rates, and a few webhooks.
 *
 * <p>None of it happened. payment-channel-service, which does so only where {@code
 * ferry.demo.past-activity} is set, writes each day's rows as they would stand there now, with
 * times of the past, and tells their ends through its outbox as anything else. So the books are
 * right and webhooks go out; but journals, events and webhooks bear today's time, and no payment
 * company knows the orders: a refund of such a payment stays pending. Days, amounts and ends follow
 * from a seed; a day that is there is left alone, so a second run adds what is missing and no more.
 */
public final class DataDemo {

    private static final int DAYS = 30;
    private static final long SEED = 20_261_128;
    private static final ZoneId SHOP = ZoneId.of("Pacific/Auckland");
    private static final String MERCHANT = "mer_01JD0000000000000000DEM0SH";
    private static final String SECOND_STORE = "Queen Street";

    private final String platformUrl;
    private final String paymentsUrl;
    private final Path serviceKey;
    private final String apiKey;
    private final Progress progress;
    private final Clock clock;
    private final Web web = new Web();

    /**
     * @param paymentsUrl payment-channel-service itself, past the gateway
     * @param serviceKey of the service that gives orders on the clock
     */
    public DataDemo(
            String platformUrl,
            String paymentsUrl,
            Path serviceKey,
            String apiKey,
            Progress progress,
            Clock clock) {
        this.platformUrl = platformUrl;
        this.paymentsUrl = paymentsUrl;
        this.serviceKey = serviceKey;
        this.apiKey = apiKey;
        this.progress = progress;
        this.clock = clock;
    }

    /** What was added. */
    public record Added(int days, int payments, int paid, int refunds, int webhooks) {

        public Map<String, Object> asJson() {
            var all = new LinkedHashMap<String, Object>();
            all.put("days", days);
            all.put("payments", payments);
            all.put("paid", paid);
            all.put("refunds", refunds);
            all.put("webhooks", webhooks);
            return all;
        }
    }

    /**
     * @param aDay how many payments on a day that is neither quiet nor busy
     */
    public Added run(int aDay) throws InterruptedException {
        var codes = codes();
        var today = LocalDate.ofInstant(clock.instant(), SHOP);
        var days = 0;
        var payments = 0;
        var paid = 0;
        var refunds = 0;
        try (var shop = Shop.open()) {
            for (var back = DAYS; back >= 1; back--) {
                var day = today.minusDays(back);
                var made =
                        web.call(
                                new Caller.Shop(token()),
                                "POST",
                                paymentsUrl + "/internal/demo/past-days/" + day,
                                Map.of(
                                        "merchant_id",
                                        MERCHANT,
                                        "seed",
                                        SEED,
                                        "payments",
                                        aDay,
                                        "static_codes",
                                        codes,
                                        "notify_url",
                                        shop.url()));
                days += made.path("payments").asInt() > 0 ? 1 : 0;
                payments += made.path("payments").asInt();
                paid += made.path("paid").asInt();
                refunds += made.path("refunds").asInt();
                if (back % 5 == 1) {
                    progress.say(
                            "%3d %%  up to %s: %d payments, %d refunds"
                                    .formatted(
                                            (DAYS + 1 - back) * 100 / DAYS,
                                            day,
                                            payments,
                                            refunds));
                }
            }
            return new Added(days, payments, paid, refunds, payments == 0 ? 0 : heard(shop));
        }
    }

    /** Webhooks until none has come for a while; the shop is gone afterwards. */
    private static int heard(Shop shop) throws InterruptedException {
        var heard = 0;
        while (shop.await(_ -> true, heard == 0 ? 10_000 : 1_500).isPresent()) {
            heard++;
        }
        return heard;
    }

    /** A printed code of each of two stores; what is missing is made. */
    private List<String> codes() {
        var shop = new Caller.Shop(apiKey);
        var found = new ArrayList<String>();
        web.call(shop, "GET", platformUrl + "/v2/static_codes?limit=100", null)
                .path("data")
                .forEach(code -> found.add(code.path("id").asString()));
        var stores = web.call(shop, "GET", platformUrl + "/v2/stores?limit=100", null).path("data");
        if (stores.valueStream()
                .noneMatch(store -> store.path("name").asString().equals(SECOND_STORE))) {
            var store =
                    web.call(
                            shop,
                            "POST",
                            platformUrl + "/v2/stores",
                            Map.of(
                                    "name",
                                    SECOND_STORE,
                                    "address",
                                    "210 Queen Street, Auckland",
                                    "time_zone",
                                    SHOP.getId()));
            var code =
                    web.call(
                            shop,
                            "POST",
                            platformUrl + "/v2/static_codes",
                            Map.of(
                                    "store",
                                    store.path("id").asString(),
                                    "label",
                                    "Front counter",
                                    "currency",
                                    "NZD"));
            found.add(code.path("id").asString());
        }
        return found;
    }

    private String token() {
        try {
            return new InternalTokens(ECKey.parse(Files.readString(serviceKey)), clock)
                    .forService("payment-channel-service");
        } catch (IOException | ParseException _) {
            throw new Refusal("The key " + serviceKey + " can't be read.");
        }
    }
}
