package io.ferrypay.paymentchannel.demo;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.fx.PastRates;
import io.ferrypay.paymentchannel.merchant.Merchant;
import io.ferrypay.paymentchannel.merchant.Merchants;
import io.ferrypay.paymentchannel.payment.PastPayments;
import io.ferrypay.paymentchannel.payment.PastPayments.PastPayment;
import io.ferrypay.paymentchannel.payment.PastPayments.Way;
import io.ferrypay.paymentchannel.payment.PaymentStatus;
import io.ferrypay.paymentchannel.refund.PastRefunds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes up one day of a shop in test mode: amounts, ways to pay, stores, hours, ends and refunds
 * are drawn from seed and day, so the same day is always the same; only ids differ. A day is one
 * transaction and is written once: whoever was killed begins it again, and asks for it twice in
 * vain.
 *
 * <p>How it makes the past: see {@link PastPayments}. Events, journals and webhooks bear the time
 * at which the day was written, as in a shop whose whole month was told today.
 */
@Service
@ConditionalOnProperty("ferry.demo.past-activity")
class PastActivity {

    private static final ZoneId SHOP = ZoneId.of("Pacific/Auckland");
    private static final String CURRENCY = "NZD";
    private static final BigDecimal MARGIN = new BigDecimal("0.012");

    /** How busy the hours from nine to nine are. */
    private static final int[] HOURS = {2, 4, 7, 9, 8, 5, 5, 6, 8, 7, 4, 2};

    private static final List<String> PRODUCTS =
            List.of(
                    "Mānuka honey 蜂蜜, 500 g",
                    "Pinot Noir, Otago",
                    "Merino scarf",
                    "Pounamu pendant",
                    "Kiwifruit 奇异果, 2 kg",
                    "Day tour, Rangitoto");
    private static final List<String> BANKS = List.of("ICBC", "CCB", "ABC");

    private final Merchants merchants;
    private final Channels channels;
    private final PastPayments payments;
    private final PastRefunds refunds;
    private final PastRates rates;

    PastActivity(
            Merchants merchants,
            Channels channels,
            PastPayments payments,
            PastRefunds refunds,
            PastRates rates) {
        this.merchants = merchants;
        this.channels = channels;
        this.payments = payments;
        this.refunds = refunds;
        this.rates = rates;
    }

    /**
     * @param payments how many payments were made up; 0 if the day had been written before
     */
    record Day(int payments, int paid, int refunds) {}

    /**
     * @param count how many payments on a day that is neither quiet nor busy
     * @param codes printed codes of the shop, of which some payments came
     * @param notifyUrl where some of the payments are told to
     */
    @Transactional
    Day write(
            String merchantId,
            LocalDate date,
            long seed,
            int count,
            List<String> codes,
            @Nullable String notifyUrl) {
        var merchant = merchants.find(merchantId).orElseThrow();
        var prefix = "PAST-%d-%s-".formatted(seed, date.toString().replace("-", ""));
        if (payments.isThereOneLike(merchantId, prefix)) {
            return new Day(0, 0, 0);
        }
        var random = new SplittableRandom(seed * 1_000_003 + date.toEpochDay());
        var rate = rate(date, random);
        tellRates(date, rate);
        var weekend = date.getDayOfWeek().getValue() >= 6;
        var many =
                Math.max(
                        1,
                        Math.round(count * (weekend ? 1.5 : 0.8) * (0.7 + random.nextDouble(0.6))));
        var paid = 0;
        var refunded = 0;
        for (var i = 0; i < many; i++) {
            var past =
                    payment(
                            merchant,
                            prefix + String.format(Locale.ROOT, "%04d", i),
                            date,
                            rate,
                            codes,
                            // A few, so that a shop that listens is not drowned.
                            random.nextInt(10) == 0 ? notifyUrl : null,
                            random);
            var written = payments.write(past);
            var way = past.way();
            if (past.end() == PaymentStatus.PAID && way != null) {
                paid++;
                if (random.nextInt(100) < 7) {
                    var whole = random.nextBoolean();
                    var amount =
                            Money.ofMinor(
                                    whole
                                            ? past.amount().minorUnits()
                                            : Math.max(1, past.amount().minorUnits() / 4),
                                    past.amount().currency());
                    refunds.write(
                            past, way, written, amount, past.endedAt().plus(Duration.ofHours(1)));
                    refunded++;
                }
            }
        }
        return new Day((int) many, paid, refunded);
    }

    private PastPayment payment(
            Merchant merchant,
            String reference,
            LocalDate date,
            BigDecimal rate,
            List<String> codes,
            @Nullable String notifyUrl,
            SplittableRandom random) {
        var createdAt = time(date, random).toInstant();
        var drawn = random.nextInt(100);
        var end =
                drawn < 82
                        ? PaymentStatus.PAID
                        : drawn < 90
                                ? PaymentStatus.EXPIRED
                                : drawn < 96 ? PaymentStatus.FAILED : PaymentStatus.CANCELED;
        var tried =
                end == PaymentStatus.PAID || end == PaymentStatus.FAILED || random.nextBoolean();
        var way = tried ? way(merchant, random).orElse(null) : null;
        var code =
                codes.isEmpty() || random.nextInt(100) >= 40
                        ? null
                        : codes.get(random.nextInt(codes.size()));
        return new PastPayment(
                merchant.id(),
                reference,
                amount(random),
                PRODUCTS.get(random.nextInt(PRODUCTS.size())),
                way == null && end == PaymentStatus.PAID ? PaymentStatus.EXPIRED : end,
                way,
                rate,
                way == null || takesMerchantCurrency(way) ? null : MARGIN,
                code,
                notifyUrl,
                createdAt,
                end == PaymentStatus.EXPIRED
                        ? createdAt.plus(Duration.ofMinutes(15))
                        : createdAt.plusSeconds(20 + random.nextInt(240)));
    }

    private boolean takesMerchantCurrency(Way way) {
        return channels.ability(way.account().id(), OffersPayments.class)
                .map(OffersPayments::takesMerchantCurrency)
                .orElse(true);
    }

    /** Empty where the shop is not registered for what was drawn. */
    private Optional<Way> way(Merchant merchant, SplittableRandom random) {
        var drawn = random.nextInt(100);
        var method =
                drawn < 50
                        ? PaymentMethod.WECHAT
                        : drawn < 82
                                ? PaymentMethod.ALIPAY
                                : drawn < 93 ? PaymentMethod.JDPAY : PaymentMethod.ONLINEBANK;
        var flows =
                switch (method) {
                    case WECHAT -> List.of(Flow.QR, Flow.IN_WALLET, Flow.MOBILE);
                    case ALIPAY -> List.of(Flow.QR, Flow.MOBILE, Flow.DESKTOP);
                    case JDPAY -> List.of(Flow.QR, Flow.DESKTOP);
                    case ONLINEBANK -> List.of(Flow.BANK);
                };
        var flow = flows.get(random.nextInt(flows.size()));
        var bank =
                method == PaymentMethod.ONLINEBANK ? BANKS.get(random.nextInt(BANKS.size())) : null;
        var account = channels.accountFor(method, Mode.TEST).orElse(null);
        return account == null
                ? Optional.empty()
                : merchant.at(method, Mode.TEST)
                        .map(registration -> new Way(method, flow, bank, account, registration));
    }

    /** Many small ones, a few large ones. */
    private static Money amount(SplittableRandom random) {
        var dollars = 4 + Math.pow(random.nextDouble(), 3) * 380;
        var cents = new int[] {0, 50, 90, 95}[random.nextInt(4)];
        return Money.parse((long) dollars + "." + (cents == 0 ? "00" : cents), CURRENCY);
    }

    private static ZonedDateTime time(LocalDate date, SplittableRandom random) {
        var all = 0;
        for (var weight : HOURS) {
            all += weight;
        }
        var drawn = random.nextInt(all);
        var hour = 9;
        for (var weight : HOURS) {
            if (drawn < weight) {
                break;
            }
            drawn -= weight;
            hour++;
        }
        return date.atTime(hour, random.nextInt(60), random.nextInt(60)).atZone(SHOP);
    }

    private static BigDecimal rate(LocalDate date, SplittableRandom random) {
        var swing = Math.sin(date.toEpochDay() / 5.0) * 0.04 + random.nextDouble(-0.01, 0.01);
        return BigDecimal.valueOf(4.645 + swing).setScale(4, RoundingMode.HALF_UP);
    }

    private void tellRates(LocalDate date, BigDecimal rate) {
        var at = date.atTime(9, 0).atZone(SHOP).toInstant();
        rates.write("operator", CURRENCY, rate, at);
        channels.accounts().stream()
                .filter(account -> account.mode() == Mode.TEST)
                .filter(account ->
                        channels.ability(account.id(), OffersPayments.class)
                                .filter(OffersPayments::takesMerchantCurrency)
                                .isPresent())
                .forEach(account ->
                        rates.write(
                                account.id(),
                                CURRENCY,
                                rate.subtract(
                                        new BigDecimal("0.0" + (10 + account.id().length() % 20))),
                                at));
    }
}
