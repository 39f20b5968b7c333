package io.ferrypay.tradeadmin.settlement;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.approval.Change;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;

/**
 * Takes in on which days of a year banks are closed. It takes two people, because a wrong day pays
 * merchants too early or too late. A year may be said again, as long as its past stays as it was.
 */
@Service
public class KnowHolidays {

    /** Sixty days before nobody knows when banks work, staff are told. */
    public static final int WARN_DAYS = 60;

    private static final String ASK = "settlements:hold";
    private static final List<String> CALENDARS = List.of("CN", "NZ");

    private final Approvals approvals;
    private final OfYears ofYears;
    private final Years years;
    private final SettlementSettings settings;
    private final Clock clock;

    KnowHolidays(
            Approvals approvals,
            OfYears ofYears,
            Years years,
            SettlementSettings settings,
            Clock clock,
            MeterRegistry metrics) {
        this.approvals = approvals;
        this.ofYears = ofYears;
        this.years = years;
        this.settings = settings;
        this.clock = clock;
        for (var calendar : CALENDARS) {
            Gauge.builder("settlement.calendar.days.known", this, one -> one.daysKnown(calendar))
                    .description("Days from today until nobody knows when banks work")
                    .tag("calendar", calendar)
                    .strongReference(true)
                    .register(metrics);
        }
    }

    /**
     * A day that is not as its weekday says.
     *
     * @param closed false for a weekend's day that is worked instead of another
     */
    public record Day(LocalDate day, boolean closed, String name) {}

    /**
     * All of them.
     *
     * @param source where that was published
     */
    public record Year(String calendar, int year, String source, List<Day> days) {

        public Year {
            days = days.stream().sorted(Comparator.comparing(Day::day)).toList();
        }
    }

    /**
     * How far a calendar reaches.
     *
     * @param knownUntil the last day of the years that are known without a gap from this one on
     * @param endsSoon within {@link #WARN_DAYS} days
     */
    public record Reach(String calendar, LocalDate knownUntil, boolean endsSoon) {}

    /** Asks; somebody with {@code settlements:approve} decides. */
    public Approval ask(StaffCaller caller, Year wanted, String reason) {
        caller.require(ASK);
        check(wanted);
        return approvals.ask(caller, ofYears, wanted, reason);
    }

    private static void check(Year wanted) {
        if (!CALENDARS.contains(wanted.calendar())) {
            throw ApiException.invalid("/calendar", "not_allowed", "must be one of " + CALENDARS);
        }
        if (wanted.days().isEmpty()) {
            throw ApiException.invalid("/days", "required", "must name the year's holidays");
        }
        var seen = new java.util.HashSet<LocalDate>();
        for (var day : wanted.days()) {
            if (day.day().getYear() != wanted.year()) {
                throw ApiException.invalid(
                        "/days", "out_of_range", day.day() + " is another year's");
            }
            if (!seen.add(day.day())) {
                throw ApiException.invalid("/days", "not_unique", day.day() + " is there twice");
            }
        }
    }

    public List<Year> years(String calendar) {
        return years.all(calendar);
    }

    public List<Reach> reach() {
        var today = today();
        return CALENDARS.stream()
                .map(calendar -> {
                    var until = years.knownUntil(calendar, today);
                    return new Reach(
                            calendar, until, ChronoUnit.DAYS.between(today, until) <= WARN_DAYS);
                })
                .toList();
    }

    private long daysKnown(String calendar) {
        var today = today();
        return ChronoUnit.DAYS.between(today, years.knownUntil(calendar, today));
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(settings.zone()));
    }

    /** The tables. */
    @Repository
    static class Years {

        private final JdbcClient jdbc;

        Years(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        List<Year> all(String calendar) {
            return jdbc
                    .sql(
                            "select year, source from calendar_year where calendar = ?"
                                    + " order by year desc")
                    .param(calendar)
                    .query((row, _) ->
                            new Year(calendar, row.getInt(1), row.getString(2), List.of()))
                    .list()
                    .stream()
                    .map(year -> new Year(calendar, year.year(), year.source(), days(year)))
                    .toList();
        }

        List<Day> days(Year year) {
            return jdbc.sql(
                            "select day, closed, name from calendar_day"
                                    + " where calendar = ? and year = ? order by day")
                    .params(year.calendar(), year.year())
                    .query((row, _) ->
                            new Day(
                                    row.getObject(1, LocalDate.class),
                                    row.getBoolean(2),
                                    row.getString(3)))
                    .list();
        }

        /** The day before the first one that is not known. */
        LocalDate knownUntil(String calendar, LocalDate today) {
            var known =
                    Set.copyOf(
                            jdbc.sql("select year from calendar_year where calendar = ?")
                                    .param(calendar)
                                    .query(Integer.class)
                                    .list());
            var year = today.getYear();
            while (known.contains(year)) {
                year++;
            }
            return LocalDate.of(year, 1, 1).minusDays(1);
        }

        void lock(String calendar) {
            jdbc.sql("select pg_advisory_xact_lock(hashtext('calendar ' || ?))")
                    .param(calendar)
                    .query(row -> {});
        }

        void put(Year year) {
            jdbc.sql("delete from calendar_day where calendar = ? and year = ?")
                    .params(year.calendar(), year.year())
                    .update();
            jdbc.sql(
                            "insert into calendar_year values (?, ?, ?)"
                                    + " on conflict on constraint a_year_is_known_once"
                                    + " do update set source = excluded.source")
                    .params(year.calendar(), year.year(), year.source())
                    .update();
            for (var day : year.days()) {
                jdbc.sql(
                                "insert into calendar_day (calendar, day, closed, name) values (?, ?, ?, ?)")
                        .params(year.calendar(), day.day(), day.closed(), day.name())
                        .update();
            }
        }
    }

    /** A year's holidays. */
    @Component
    static class OfYears implements ApprovalKind<Year> {

        private final Years years;
        private final SettlementSettings settings;
        private final Clock clock;

        OfYears(Years years, SettlementSettings settings, Clock clock) {
            this.years = years;
            this.settings = settings;
            this.clock = clock;
        }

        @Override
        public String name() {
            return "holidays";
        }

        @Override
        public Class<Year> payload() {
            return Year.class;
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
        public String subject(Year wanted) {
            return wanted.calendar() + "/" + wanted.year();
        }

        @Override
        public void lock(Year wanted) {
            years.lock(wanted.calendar());
        }

        /** Only the days that change. */
        @Override
        public List<Change> diff(Year wanted) {
            var before = years.days(wanted);
            var changes = new ArrayList<Change>();
            changes.add(new Change("calendar", null, wanted.calendar() + " " + wanted.year()));
            changes.add(new Change("source", null, wanted.source()));
            for (var day : before) {
                if (!wanted.days().contains(day)) {
                    changes.add(new Change(day.day().toString(), text(day), null));
                }
            }
            for (var day : wanted.days()) {
                if (!before.contains(day)) {
                    changes.add(new Change(day.day().toString(), null, text(day)));
                }
            }
            return changes;
        }

        private static String text(Day day) {
            return (day.closed() ? "closed: " : "worked: ") + day.name();
        }

        @Override
        public void apply(Year wanted, Approval approval) {
            var today = LocalDate.now(clock.withZone(settings.zone()));
            var before = years.days(wanted);
            if (!before.isEmpty() && !past(before, today).equals(past(wanted.days(), today))) {
                throw ApiException.invalid("/days", "not_allowed", "must leave the past as it was");
            }
            years.put(wanted);
        }

        private static List<Day> past(List<Day> days, LocalDate today) {
            return days.stream().filter(day -> day.day().isBefore(today)).toList();
        }
    }
}
