package io.ferrypay.reconcile.compare;

import java.time.LocalDate;
import java.util.List;

/** Which records of other days their own statements told, by bills that are in the tables. */
final class FindTold {

    /** What is asked about: records {@code r} of another day than the run's. */
    static final String ASKED =
            "r.run_account = :account and r.run_day = :day and r.home_day <> :day and "
                    + JudgeFindings.OF_ANOTHER_DAY;

    private final RunSql sql;

    FindTold(RunSql sql) {
        this.sql = sql;
    }

    /** Those days whose statements are to be looked at. */
    List<LocalDate> days() {
        return sql.days("select distinct r.home_day from finding_record r where " + ASKED);
    }

    void mark(LocalDate home) {
        for (var same :
                List.of(
                        "coalesce(b.refund_number, b.order_number) = r.subject",
                        "b.kind = 'payment' and b.channel_reference = r.channel_reference")) {
            sql.change(
                    """
                    update finding_record r set told = true
                      from bill_line b
                     where %1$s and r.home_day = date '%2$s'
                       and b.day = date '%2$s' and b.account_id = :account and b.status = 'done'
                       and b.kind = r.kind and %3$s
                    """
                            .formatted(ASKED, home, same));
        }
    }
}
