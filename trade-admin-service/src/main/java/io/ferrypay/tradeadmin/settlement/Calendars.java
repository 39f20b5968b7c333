package io.ferrypay.tradeadmin.settlement;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When banks work. */
@Repository
class Calendars {

    private final JdbcClient jdbc;

    Calendars(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All we know at this moment; a few hundred days. */
    WorkingDays read() {
        var years = new HashMap<String, Set<Integer>>();
        jdbc.sql("select calendar, year from calendar_year")
                .query(row -> {
                    years.computeIfAbsent(row.getString(1), _ -> new HashSet<>())
                            .add(row.getInt(2));
                });
        var days = new HashMap<String, Map<LocalDate, Boolean>>();
        jdbc.sql("select calendar, day, closed from calendar_day")
                .query(row -> {
                    days.computeIfAbsent(row.getString(1), _ -> new HashMap<>())
                            .put(row.getObject(2, LocalDate.class), row.getBoolean(3));
                });
        return new WorkingDays(years, days);
    }

    /**
     * @param years that are known, by calendar
     * @param days that are not as their weekday says: whether banks are closed, by calendar
     */
    record WorkingDays(Map<String, Set<Integer>> years, Map<String, Map<LocalDate, Boolean>> days) {

        /**
         * @throws YearUnknown rather than to guess
         */
        boolean isWorked(LocalDate day, Collection<String> calendars) {
            var worked = true;
            for (var calendar : calendars) {
                if (!years.getOrDefault(calendar, Set.of()).contains(day.getYear())) {
                    throw new YearUnknown(calendar, day.getYear());
                }
                var weekend =
                        day.getDayOfWeek() == DayOfWeek.SATURDAY
                                || day.getDayOfWeek() == DayOfWeek.SUNDAY;
                worked &= !days.getOrDefault(calendar, Map.of()).getOrDefault(day, weekend);
            }
            return worked;
        }

        /**
         * The nth day after another on which all the calendars' banks work; with zero that day
         * itself, or the first after it.
         */
        LocalDate after(LocalDate day, int workingDays, Collection<String> calendars) {
            var at = day;
            var left = workingDays;
            if (left == 0) {
                while (!isWorked(at, calendars)) {
                    at = at.plusDays(1);
                }
                return at;
            }
            while (left > 0) {
                at = at.plusDays(1);
                if (isWorked(at, calendars)) {
                    left--;
                }
            }
            return at;
        }
    }
}
