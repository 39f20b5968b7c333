package io.ferrypay.tradeadmin.settlement;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.approval.Change;
import io.ferrypay.tradeadmin.ledger.Book;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;

/**
 * Keeps a part of what merchants' settlements bring for some days, and a least balance that they
 * may not withdraw. Terms take two people; they count for settlements from then on.
 */
@Service
public class KeepReserves {

    private static final ProblemCode CHANGED =
            ProblemCode.of("reserve_terms_changed", 409, "Somebody else was faster");
    private static final String ASK = "settlements:hold";

    private final Approvals approvals;
    private final OfReserves ofReserves;
    private final Reserves reserves;

    KeepReserves(Approvals approvals, OfReserves ofReserves, Reserves reserves) {
        this.approvals = approvals;
        this.ofReserves = ofReserves;
        this.reserves = reserves;
    }

    /**
     * What is kept of a merchant, in both modes.
     *
     * @param basedOn the version that was seen; 0 for none
     * @param rate a fraction of each settlement, from 0 to 1, with at most five decimals
     * @param days for how long, from 1 to 730; 0 with a rate of 0
     * @param leastMinor what has to stay available, in minor units
     */
    public record Terms(
            String merchantId,
            String currency,
            int basedOn,
            BigDecimal rate,
            int days,
            long leastMinor) {}

    /** Terms as they stand. */
    public record Agreed(
            String currency,
            int version,
            BigDecimal rate,
            int days,
            Money least,
            String reason,
            Instant decidedAt) {}

    /** What is or was kept of one settlement. */
    public record Reserve(
            String id,
            String settlementId,
            Money amount,
            Instant keptAt,
            LocalDate releaseOn,
            @Nullable Instant releasedAt) {}

    /** Asks; somebody with {@code settlements:approve} decides. */
    public Approval ask(StaffCaller caller, Terms wanted, String reason) {
        caller.require(ASK);
        if (reserves.version(wanted.merchantId(), wanted.currency()) != wanted.basedOn()) {
            throw ApiException.of(CHANGED);
        }
        return approvals.ask(caller, ofReserves, wanted, reason);
    }

    /** In each currency the newest. */
    public List<Agreed> terms(String merchantId) {
        return reserves.terms(merchantId);
    }

    /**
     * The newest first.
     *
     * @param before only those made before that one, null for the first
     */
    public List<Reserve> list(Book book, String merchantId, @Nullable String before, int limit) {
        return reserves.list(book, merchantId, before, limit);
    }

    /** The table. The database moves the merchant's balance with each reserve. */
    @Repository
    static class Reserves {

        private final JdbcClient jdbc;

        Reserves(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        int version(String merchantId, String currency) {
            return jdbc.sql(
                            "select coalesce(max(version), 0) from reserve_terms"
                                    + " where merchant_id = ? and currency = ?")
                    .params(merchantId, currency)
                    .query(Integer.class)
                    .single();
        }

        List<Agreed> terms(String merchantId) {
            return jdbc.sql(
                            """
                            select distinct on (currency) * from reserve_terms
                             where merchant_id = ? order by currency, version desc
                            """)
                    .param(merchantId)
                    .query((row, _) ->
                            new Agreed(
                                    row.getString("currency"),
                                    row.getInt("version"),
                                    row.getBigDecimal("rate").stripTrailingZeros(),
                                    row.getInt("days"),
                                    new Money(
                                            row.getLong("least_minor"),
                                            Currency.of(row.getString("currency"))),
                                    row.getString("reason"),
                                    row.getTimestamp("decided_at").toInstant()))
                    .list();
        }

        void add(Terms terms, String reason, String by, Instant at) {
            jdbc.sql("insert into reserve_terms values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            terms.merchantId(),
                            terms.currency(),
                            terms.basedOn() + 1,
                            terms.rate(),
                            terms.days(),
                            terms.leastMinor(),
                            reason,
                            by,
                            Timestamp.from(at))
                    .update();
        }

        /**
         * Of a settlement that has just been made, in its transaction: by the terms, or what is
         * available where that is less.
         */
        void keep(
                String settlementId,
                String book,
                String merchantId,
                String currency,
                long net,
                Instant now,
                LocalDate today) {
            var terms =
                    terms(merchantId).stream()
                            .filter(one -> one.currency().equals(currency))
                            .findFirst();
            if (terms.isEmpty()) {
                return;
            }
            var wanted =
                    BigDecimal.valueOf(net)
                            .multiply(terms.get().rate())
                            .setScale(0, RoundingMode.HALF_UP)
                            .longValueExact();
            if (wanted <= 0) {
                return;
            }
            jdbc.sql(
                            """
                            insert into reserve
                            select ?, book, merchant_id, currency, ?, ?, wanted,
                                   least(wanted, greatest(available_minor, 0)), ?, ?, null
                              from merchant_balance, cast(? as bigint) wanted
                             where book = ? and merchant_id = ? and currency = ?
                            """)
                    .params(
                            "rsv_" + UlidCreator.getMonotonicUlid(now.toEpochMilli()),
                            settlementId,
                            terms.get().version(),
                            Timestamp.from(now),
                            today.plusDays(terms.get().days()),
                            wanted,
                            book,
                            merchantId,
                            currency)
                    .update();
        }

        /** Whose reserves are due. */
        record Due(String book, String merchantId, String currency) {}

        List<Due> due(LocalDate today) {
            return jdbc.sql(
                            """
                            select distinct book, merchant_id, currency from reserve
                             where released_at is null and release_on <= ?
                             order by book, merchant_id, currency
                            """)
                    .param(today)
                    .query((row, _) ->
                            new Due(row.getString(1), row.getString(2), row.getString(3)))
                    .list();
        }

        int release(Due due, LocalDate today, Instant now) {
            return jdbc.sql(
                            """
                            update reserve set released_at = ?
                             where released_at is null and release_on <= ?
                               and book = ? and merchant_id = ? and currency = ?
                            """)
                    .params(
                            Timestamp.from(now),
                            today,
                            due.book(),
                            due.merchantId(),
                            due.currency())
                    .update();
        }

        List<Reserve> list(Book book, String merchantId, @Nullable String before, int limit) {
            return jdbc.sql(
                            "select * from reserve where book = ? and merchant_id = ?"
                                    + (before == null ? "" : " and id < ?")
                                    + " order by id desc limit ?")
                    .params(
                            before == null
                                    ? List.of(book.wireName(), merchantId, limit)
                                    : List.of(book.wireName(), merchantId, before, limit))
                    .query((row, _) -> {
                        var released = row.getTimestamp("released_at");
                        return new Reserve(
                                row.getString("id"),
                                row.getString("settlement_id"),
                                new Money(
                                        row.getLong("amount_minor"),
                                        Currency.of(row.getString("currency"))),
                                row.getTimestamp("kept_at").toInstant(),
                                row.getObject("release_on", LocalDate.class),
                                released == null ? null : released.toInstant());
                    })
                    .list();
        }
    }

    /** Other terms of a merchant. */
    @Component
    static class OfReserves implements ApprovalKind<Terms> {

        private final Reserves reserves;
        private final Clock clock;

        OfReserves(Reserves reserves, Clock clock) {
            this.reserves = reserves;
            this.clock = clock;
        }

        @Override
        public String name() {
            return "reserve";
        }

        @Override
        public Class<Terms> payload() {
            return Terms.class;
        }

        @Override
        public String askPermission() {
            return ASK;
        }

        @Override
        public String decidePermission() {
            return "settlements:approve";
        }

        @Override
        public String subject(Terms wanted) {
            return wanted.merchantId() + "/" + wanted.currency();
        }

        @Override
        public List<Change> diff(Terms wanted) {
            var before =
                    reserves.terms(wanted.merchantId()).stream()
                            .filter(one -> one.currency().equals(wanted.currency()))
                            .findFirst();
            var least = new Money(wanted.leastMinor(), Currency.of(wanted.currency()));
            return List.of(
                    new Change(
                            "rate",
                            text(before, one -> one.rate().toPlainString()),
                            wanted.rate().toPlainString()),
                    new Change(
                            "days",
                            text(before, one -> String.valueOf(one.days())),
                            String.valueOf(wanted.days())),
                    new Change(
                            "least_balance",
                            text(before, one -> one.least().toString()),
                            least.toString()));
        }

        private static @Nullable String text(
                Optional<Agreed> before, java.util.function.Function<Agreed, String> field) {
            return before.map(field).orElse(null);
        }

        @Override
        public void apply(Terms wanted, Approval approval) {
            if (reserves.version(wanted.merchantId(), wanted.currency()) != wanted.basedOn()) {
                throw ApiException.of(CHANGED);
            }
            reserves.add(
                    wanted,
                    approval.reason(),
                    approval.id(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS));
        }
    }
}
