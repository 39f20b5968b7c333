package io.ferrypay.paymentchannel.spotpay;

import com.github.f4b6a3.ulid.Ulid;
import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adds up what a shop's tills took and gave back: by day, store, till and cashier. */
@Component
class ReportTills {

    /** A session is paid within hours; money that comes a month later is not this day's. */
    private static final int LONGEST_OPEN_DAYS = 31;

    /** How far an instance's clock may be wrong, by which ids are numbered. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(15);

    static final int MOST_ROWS = 5_000;

    private static final String SALES =
            """
            select (p.paid_at at time zone :zone)::date as day, s.store_id, s.device_id, s.cashier_id,
                   p.currency, count(*) as times, sum(p.amount_minor)::bigint as minor
              from spotpay_session s join payment p on p.id = s.payment_id
             where s.merchant_id = :merchant and s.livemode = :livemode
               and s.created_at >= :earliest and s.created_at < :until
               and (:store = '' or s.store_id = :store) and (:device = '' or s.device_id = :device)
               and (:cashier = '' or s.cashier_id = :cashier)
               and p.status = 'paid' and p.paid_at >= :from and p.paid_at < :until
             group by 1, 2, 3, 4, 5 limit :most
            """;

    /** Of tills' sales, whoever gave it back; a cashier only where one did. */
    private static final String REFUNDS =
            """
            select (r.created_at at time zone :zone)::date as day, s.store_id, s.device_id, r.cashier_id,
                   r.currency, count(*) as times, sum(r.amount_minor)::bigint as minor
              from refund r join spotpay_session s on s.payment_id = r.payment_id
             where r.merchant_id = :merchant and r.livemode = :livemode
               and r.id > :above and r.id < :below
               and r.created_at >= :from and r.created_at < :until
               and r.kind = 'requested' and r.status <> 'failed'
               and (:store = '' or s.store_id = :store) and (:device = '' or s.device_id = :device)
               and (:cashier = '' or r.cashier_id = :cashier)
             group by 1, 2, 3, 4, 5 limit :most
            """;

    private final JdbcClient jdbc;

    ReportTills(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which tills on which days.
     *
     * @param until the day after the last one
     * @param zone whose days are meant
     * @param store empty for all, as are device and cashier
     */
    record Wish(
            LocalDate from,
            LocalDate until,
            ZoneId zone,
            String store,
            String device,
            String cashier) {}

    @Schema(name = "TillsReportRow")
    record Row(
            LocalDate date,
            String store,
            String device,
            @Schema(
                            description =
                                    "Null for what nobody was signed in for, and for what was given back elsewhere.")
                    @Nullable String cashier,
            String currency,
            int sales,
            @Schema(example = "1250.40") String salesAmount,
            int refunds,
            @Schema(description = "Also what is still on its way back.") String refundsAmount,
            @Schema(description = "Sales less refunds.") String netAmount) {}

    @Schema(name = "TillsReportTotal")
    record Total(
            String currency,
            int sales,
            String salesAmount,
            int refunds,
            String refundsAmount,
            String netAmount) {}

    /** Newest day first, then by store, till and cashier. */
    record Figures(List<Row> rows, List<Total> totals) {}

    private record Place(
            LocalDate day,
            String store,
            String device,
            @Nullable String cashier,
            String currency) {}

    private record Sum(Place place, int times, long minor) {}

    /** Refuses with 400 {@code invalid_request} what comes to too many rows. */
    @Transactional(readOnly = true)
    Figures report(String merchantId, Mode mode, Wish wish) {
        var sales = sums(SALES, merchantId, mode, wish);
        var refunds = sums(REFUNDS, merchantId, mode, wish);
        var places = new HashSet<>(sales.keySet());
        places.addAll(refunds.keySet());
        if (places.size() > MOST_ROWS) {
            throw ApiException.invalid(
                    "from",
                    "out_of_range",
                    "comes to more than " + MOST_ROWS + " rows: ask for fewer days, or one store");
        }
        var rows = new ArrayList<Row>();
        Map<String, Counts> totals = new TreeMap<>();
        for (var place : places) {
            var in = sales.getOrDefault(place, new Sum(place, 0, 0));
            var out = refunds.getOrDefault(place, new Sum(place, 0, 0));
            rows.add(row(place, in, out));
            totals.computeIfAbsent(place.currency(), _ -> new Counts()).add(in, out);
        }
        rows.sort(
                Comparator.comparing(Row::date)
                        .reversed()
                        .thenComparing(Row::store)
                        .thenComparing(Row::device)
                        .thenComparing(
                                Row::cashier, Comparator.nullsLast(Comparator.naturalOrder())));
        return new Figures(
                rows,
                totals.entrySet().stream()
                        .map(each -> each.getValue().total(Currency.of(each.getKey())))
                        .toList());
    }

    private Map<Place, Sum> sums(String sql, String merchantId, Mode mode, Wish wish) {
        var from = wish.from().atStartOfDay(wish.zone()).toInstant();
        var until = wish.until().atStartOfDay(wish.zone()).toInstant();
        Map<Place, Sum> found = new HashMap<>();
        jdbc.sql(sql)
                .param("zone", wish.zone().getId())
                .param("merchant", merchantId)
                .param("livemode", mode.livemode())
                .param("earliest", Timestamp.from(from.minus(LONGEST_OPEN_DAYS, ChronoUnit.DAYS)))
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .param("above", firstPossibleId(from.minus(CLOCK_STEP)))
                .param("below", firstPossibleId(until.plus(CLOCK_STEP)))
                .param("store", wish.store())
                .param("device", wish.device())
                .param("cashier", wish.cashier())
                .param("most", MOST_ROWS + 1)
                .query(row -> {
                    var place =
                            new Place(
                                    row.getObject("day", LocalDate.class),
                                    row.getString("store_id"),
                                    row.getString("device_id"),
                                    row.getString("cashier_id"),
                                    row.getString("currency"));
                    found.put(place, new Sum(place, row.getInt("times"), row.getLong("minor")));
                });
        return found;
    }

    /** The smallest id a refund made at that time can have. */
    private static String firstPossibleId(Instant time) {
        return "re_" + new Ulid(time.toEpochMilli() << 16, 0L);
    }

    private static Row row(Place place, Sum in, Sum out) {
        var unit = Currency.of(place.currency());
        return new Row(
                place.day(),
                place.store(),
                place.device(),
                place.cashier(),
                place.currency(),
                in.times(),
                text(in.minor(), unit),
                out.times(),
                text(out.minor(), unit),
                text(Math.subtractExact(in.minor(), out.minor()), unit));
    }

    private static String text(long minor, Currency unit) {
        return new Money(minor, unit).toDecimalString();
    }

    private static final class Counts {

        private int sales;
        private int refunds;
        private long in;
        private long out;

        void add(Sum sold, Sum back) {
            sales += sold.times();
            refunds += back.times();
            in = Math.addExact(in, sold.minor());
            out = Math.addExact(out, back.minor());
        }

        Total total(Currency unit) {
            return new Total(
                    unit.code(),
                    sales,
                    text(in, unit),
                    refunds,
                    text(out, unit),
                    text(Math.subtractExact(in, out), unit));
        }
    }
}
