package io.ferrypay.tradeadmin.settlement;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** When banks work. */
@Repository
public class Calendars {

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
     * A year whose holidays somebody has told.
     *
     * @param days that are not as their weekday says, in their order
     */
    public record KnownYear(String calendar, int year, String source, List<SpecialDay> days) {}

    /**
     * @param closed false where a weekend's day is worked
     */
    public record SpecialDay(LocalDate day, boolean closed, String name) {}

    /** Of all calendars; the years in their order. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<KnownYear> known() {
        var days = new HashMap<String, List<SpecialDay>>();
        jdbc.sql("select calendar, year, day, closed, name from calendar_day order by day")
                .query(row -> {
                    days.computeIfAbsent(row.getString(1) + row.getInt(2), _ -> new ArrayList<>())
                            .add(
                                    new SpecialDay(
                                            row.getObject(3, LocalDate.class),
                                            row.getBoolean(4),
                                            row.getString(5)));
                });
        return jdbc.sql("select calendar, year, source from calendar_year order by calendar, year")
                .query((row, _) ->
                        new KnownYear(
                                row.getString(1),
                                row.getInt(2),
                                row.getString(3),
                                days.getOrDefault(
                                        row.getString(1) + row.getInt(2), new ArrayList<>())))
                .list();
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
