package io.ferrypay.reconcile.board;

import io.ferrypay.problem.ApiException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** A Beijing day of a channel's account. */
record DayKey(String account, LocalDate day) {

    /** Refuses what is no day. */
    static DayKey of(String account, String day) {
        try {
            return new DayKey(account, LocalDate.parse(day));
        } catch (DateTimeParseException _) {
            throw ApiException.invalid("/day", "wrong_format", "must be a day such as 2026-11-24");
        }
    }

    @Override
    public String toString() {
        return account + "/" + day;
    }
}
