package io.ferrypay.tradeadmin.settlement;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.approval.Change;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import io.ferrypay.tradeadmin.ledger.Book;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps money of a merchant back for a reason. Placing a hold takes one person, because it can wait
 * for nobody; letting go takes two.
 */
@Service
public class HoldMoney {

    private static final ProblemCode LESS_THERE =
            ProblemCode.of("insufficient_balance", 422, "Less is available than is to be held");
    private static final String WRITE = "settlements:hold";

    private final Holds holds;
    private final Approvals approvals;
    private final OfReleases ofReleases;
    private final Audit audit;
    private final Clock clock;

    HoldMoney(Holds holds, Approvals approvals, OfReleases ofReleases, Audit audit, Clock clock) {
        this.holds = holds;
        this.approvals = approvals;
        this.ofReleases = ofReleases;
        this.audit = audit;
        this.clock = clock;
    }

    /** Money that is kept back. */
    public record Hold(
            String id,
            Book book,
            String merchantId,
            Money amount,
            String reason,
            String placedBy,
            Instant placedAt) {}

    /**
     * @throws ApiException {@code insufficient_balance} if less is available
     */
    @Transactional
    public Hold place(
            StaffCaller caller, Book book, String merchantId, Money amount, String reason) {
        caller.require(WRITE);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var hold =
                new Hold(
                        "hold_" + UlidCreator.getUlid(now.toEpochMilli()),
                        book,
                        merchantId,
                        amount,
                        reason,
                        caller.personId(),
                        now);
        if (!holds.lockAvailable(hold)) {
            throw ApiException.of(LESS_THERE);
        }
        holds.add(hold);
        audit.record(
                Who.staff(caller),
                new Audit.Act(
                        "balance_hold.placed",
                        hold.id(),
                        null,
                        Map.of("merchant", merchantId, "amount", amount.toString()),
                        reason));
        return hold;
    }

    /**
     * Those that stand, the newest first.
     *
     * @param merchantId null for all
     * @param before only those that were placed before that one, null for the first
     */
    public List<Hold> standing(@Nullable String merchantId, @Nullable String before, int limit) {
        return holds.standing(merchantId, before, limit);
    }

    public Approval askToRelease(StaffCaller caller, String id, String reason) {
        caller.require(WRITE);
        if (holds.find(id).isEmpty()) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
        return approvals.ask(caller, ofReleases, new Release(id), reason);
    }

    /** That a hold is let go. */
    public record Release(String holdId) {}

    /** The holds that stand. The database moves the merchant's balance with each. */
    @Repository
    static class Holds {

        private final JdbcClient jdbc;

        Holds(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        void add(Hold hold) {
            jdbc.sql("insert into balance_hold values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            hold.id(),
                            hold.book().wireName(),
                            hold.merchantId(),
                            hold.amount().currency().code(),
                            hold.amount().minorUnits(),
                            hold.reason(),
                            hold.placedBy(),
                            Timestamp.from(hold.placedAt()))
                    .update();
        }

        /** False if less is available. Whoever else takes of the same balance waits here. */
        boolean lockAvailable(Hold hold) {
            return jdbc.sql(
                            """
                            select 1 from merchant_balance
                             where book = ? and merchant_id = ? and currency = ?
                               and available_minor >= ?
                               for no key update
                            """)
                    .params(
                            hold.book().wireName(),
                            hold.merchantId(),
                            hold.amount().currency().code(),
                            hold.amount().minorUnits())
                    .query(Integer.class)
                    .optional()
                    .isPresent();
        }

        /** Nobody else moves the balance until the transaction ends. */
        void lockBalance(Hold hold) {
            jdbc.sql(
                            """
                            select 1 from merchant_balance
                             where book = ? and merchant_id = ? and currency = ? for no key update
                            """)
                    .params(
                            hold.book().wireName(),
                            hold.merchantId(),
                            hold.amount().currency().code())
                    .query(Integer.class)
                    .optional();
        }

        Optional<Hold> find(String id) {
            return jdbc.sql("select * from balance_hold where id = ? and released_at is null")
                    .param(id)
                    .query((row, _) -> hold(row))
                    .optional();
        }

        List<Hold> standing(@Nullable String merchantId, @Nullable String before, int limit) {
            return jdbc.sql(
                            """
                            select * from balance_hold
                             where released_at is null and (? = '' or merchant_id = ?) and id < ?
                             order by id desc limit ?
                            """)
                    .params(
                            merchantId == null ? "" : merchantId,
                            merchantId == null ? "" : merchantId,
                            before == null ? "hold_~" : before,
                            limit)
                    .query((row, _) -> hold(row))
                    .list();
        }

        private static Hold hold(ResultSet row) throws SQLException {
            return new Hold(
                    row.getString("id"),
                    Book.ofWireName(row.getString("book")).orElseThrow(),
                    row.getString("merchant_id"),
                    new Money(row.getLong("amount_minor"), Currency.of(row.getString("currency"))),
                    row.getString("reason"),
                    row.getString("placed_by"),
                    row.getTimestamp("placed_at").toInstant());
        }

        void release(String id, String by, Instant at) {
            jdbc.sql(
                            "update balance_hold set released_by = ?, released_at = ?"
                                    + " where id = ? and released_at is null")
                    .params(by, Timestamp.from(at), id)
                    .update();
        }
    }

    @Service
    static class OfReleases implements ApprovalKind<Release> {

        private final Holds holds;
        private final Clock clock;

        OfReleases(Holds holds, Clock clock) {
            this.holds = holds;
            this.clock = clock;
        }

        @Override
        public String name() {
            return "hold_release";
        }

        @Override
        public Class<Release> payload() {
            return Release.class;
        }

        @Override
        public String askPermission() {
            return WRITE;
        }

        @Override
        public String decidePermission() {
            return "settlements:approve";
        }

        @Override
        public String subject(Release wanted) {
            return wanted.holdId();
        }

        /** Whoever places a hold has the balance before they write to the audit; so do we. */
        @Override
        public void lock(Release wanted) {
            holds.find(wanted.holdId()).ifPresent(holds::lockBalance);
        }

        @Override
        public List<Change> diff(Release wanted) {
            return holds.find(wanted.holdId()).stream()
                    .map(hold ->
                            new Change(
                                    "held of " + hold.merchantId(),
                                    hold.amount() + ", " + hold.reason(),
                                    null))
                    .toList();
        }

        @Override
        public void apply(Release wanted, Approval approval) {
            var hold =
                    holds.find(wanted.holdId())
                            .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
            holds.release(hold.id(), approval.id(), clock.instant());
        }
    }
}
