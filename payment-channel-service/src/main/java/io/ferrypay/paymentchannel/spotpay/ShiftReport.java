package io.ferrypay.paymentchannel.spotpay;

import com.github.f4b6a3.ulid.Ulid;
import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.problem.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adds up what a till took and gave back. */
@Component
class ShiftReport {

    /** A session is paid within hours; money that comes a month later is not this shift's. */
    private static final int LONGEST_OPEN_DAYS = 31;

    private static final Duration LONGEST = Duration.ofDays(31);

    // The database knows no time that is far beyond them.
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** How far an instance's clock may be wrong, by which ids are numbered. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(15);

    private static final String SALES =
            """
            select p.method, p.currency, count(*) as times, sum(p.amount_minor) as minor
              from spotpay_session s join payment p on p.id = s.payment_id
             where s.device_id = :device and s.merchant_id = :merchant and s.livemode = :livemode
               and s.created_at >= :earliest and s.created_at < :until
               and (:cashier::text is null or s.cashier_id = :cashier)
               and p.status = 'paid' and p.paid_at >= :from and p.paid_at < :until
             group by p.method, p.currency
            """;

    /** Also what is still on its way: the shop has parted from it. */
    static final String REFUNDS =
            """
            select p.method, r.currency, count(*) as times, sum(r.amount_minor) as minor
              from refund r
              join spotpay_session s on s.payment_id = r.payment_id
              join payment p on p.id = r.payment_id
             where r.merchant_id = :merchant and r.livemode = :livemode
               and r.id > :above and r.id < :below
               and r.created_at >= :from and r.created_at < :until
               and r.kind = 'requested' and r.status <> 'failed'
               and s.device_id = :device
               and (:cashier::text is null or r.device_id = :device and r.cashier_id = :cashier)
             group by p.method, r.currency
            """;

    /**
     * As {@link Session#status} sees it: what no channel was ever asked for is over. What was paid
     * and is held is nobody's yet: no sale, and not to be forgotten either.
     */
    private static final String UNRESOLVED =
            """
            select count(*) from spotpay_session s join payment p on p.id = s.payment_id
             where s.device_id = :device and s.merchant_id = :merchant and s.livemode = :livemode
               and s.created_at >= :earliest and s.created_at < :until
               and (p.status = 'under_review'
                    or p.status in ('created', 'pending', 'processing')
                       and case when p.expires_at > :now
                                then s.cancel_unsure_at is not null
                                     or exists (select from attempt a
                                                 where a.payment_id = p.id
                                                   and a.status = 'reversing')
                                else exists (select from attempt a
                                              where a.payment_id = p.id) end)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    ShiftReport(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Schema(name = "SpotPayTotals")
    record Totals(
            @Schema(description = "Null for all wallets together.") @Nullable PaymentMethod method,
            int sales,
            @Schema(example = "1250.40") String salesAmount,
            int refunds,
            String refundsAmount,
            @Schema(description = "Sales less refunds.") String netAmount) {}

    @Schema(name = "SpotPayReport", description = "What a till took and gave back.")
    record Report(
            String object,
            boolean livemode,
            String device,
            @Schema(description = "Whose; null for everybody at this till.")
                    @Nullable String cashier,
            Instant from,
            Instant until,
            @Schema(description = "The same times by the store's clock.") OffsetDateTime localFrom,
            OffsetDateTime localUntil,
            String timeZone,
            String currency,
            List<Totals> methods,
            Totals total,
            @Schema(description = "Sessions whose result is not known yet.") int unresolved) {}

    private record Sum(String method, String currency, int times, long minor) {}

    /**
     * Refuses with 400 {@code invalid_request} what is longer than 31 days, or far from our time.
     *
     * @param currency for a report without a single sale
     * @param cashier null for everybody
     */
    @Transactional(readOnly = true)
    Report report(
            DeviceCaller device,
            @Nullable String cashier,
            @Nullable Instant wantedFrom,
            @Nullable Instant wantedUntil,
            String currency) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var from = wantedFrom == null ? startOfDay(now, device.timeZone()) : wantedFrom;
        var until = wantedUntil == null ? now : wantedUntil;
        refuseUnlessShort(from, until);
        var sales = sums(SALES, device, cashier, from, until);
        var refunds = sums(REFUNDS, device, cashier, from, until);
        var unit =
                Currency.of(
                        sales.stream()
                                .map(Sum::currency)
                                .findFirst()
                                .or(() -> refunds.stream().map(Sum::currency).findFirst())
                                .orElse(currency));
        return new Report(
                "spotpay_report",
                device.mode().livemode(),
                device.deviceId(),
                cashier,
                from,
                until,
                from.atZone(device.timeZone()).toOffsetDateTime(),
                until.atZone(device.timeZone()).toOffsetDateTime(),
                device.timeZone().getId(),
                unit.code(),
                byMethod(sales, refunds, unit),
                totals(null, sales, refunds, unit),
                unresolved(device, from, until, now));
    }

    private static void refuseUnlessShort(Instant from, Instant until) {
        if (from.isBefore(EARLIEST)) {
            throw ApiException.invalid("from", "out_of_range", "must be in or after the year 2000");
        }
        if (until.isAfter(LATEST)) {
            throw ApiException.invalid("until", "out_of_range", "must be before the year 2200");
        }
        var span = Duration.between(from, until);
        if (span.isNegative() || span.compareTo(LONGEST) > 0) {
            throw ApiException.invalid("from", "out_of_range", "must be up to 31 days earlier");
        }
    }

    /** The smallest id a refund made at that time can have. */
    private static String firstPossibleId(Instant time) {
        return "re_" + new Ulid(time.toEpochMilli() << 16, 0L);
    }

    private static Instant startOfDay(Instant now, ZoneId zone) {
        return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }

    private List<Sum> sums(
            String sql,
            DeviceCaller device,
            @Nullable String cashier,
            Instant from,
            Instant until) {
        return jdbc.sql(sql)
                .param("device", device.deviceId())
                .param("merchant", device.merchantId())
                .param("livemode", device.mode().livemode())
                .param("cashier", cashier)
                .param("earliest", Timestamp.from(from.minus(LONGEST_OPEN_DAYS, ChronoUnit.DAYS)))
                .param("above", firstPossibleId(from.minus(CLOCK_STEP)))
                .param("below", firstPossibleId(until.plus(CLOCK_STEP)))
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .query((row, _) ->
                        new Sum(
                                row.getString("method"),
                                row.getString("currency"),
                                row.getInt("times"),
                                row.getBigDecimal("minor").longValueExact()))
                .list();
    }

    private int unresolved(DeviceCaller device, Instant from, Instant until, Instant now) {
        return jdbc.sql(UNRESOLVED)
                .param("device", device.deviceId())
                .param("merchant", device.merchantId())
                .param("livemode", device.mode().livemode())
                .param("earliest", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .param("now", Timestamp.from(now))
                .query(Integer.class)
                .single();
    }

    private static List<Totals> byMethod(List<Sum> sales, List<Sum> refunds, Currency unit) {
        Map<String, Totals> methods = new TreeMap<>();
        for (var name :
                java.util.stream.Stream.concat(sales.stream(), refunds.stream())
                        .map(Sum::method)
                        .distinct()
                        .toList()) {
            methods.put(
                    name,
                    totals(
                            PaymentMethod.ofWireName(name).orElseThrow(),
                            sales.stream().filter(sum -> sum.method().equals(name)).toList(),
                            refunds.stream().filter(sum -> sum.method().equals(name)).toList(),
                            unit));
        }
        return new ArrayList<>(methods.values());
    }

    private static Totals totals(
            @Nullable PaymentMethod method, List<Sum> sales, List<Sum> refunds, Currency unit) {
        var in = sales.stream().mapToLong(Sum::minor).reduce(0, Math::addExact);
        var out = refunds.stream().mapToLong(Sum::minor).reduce(0, Math::addExact);
        return new Totals(
                method,
                sales.stream().mapToInt(Sum::times).sum(),
                new Money(in, unit).toDecimalString(),
                refunds.stream().mapToInt(Sum::times).sum(),
                new Money(out, unit).toDecimalString(),
                new Money(Math.subtractExact(in, out), unit).toDecimalString());
    }
}
