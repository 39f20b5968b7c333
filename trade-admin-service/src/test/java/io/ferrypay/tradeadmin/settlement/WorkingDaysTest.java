package io.ferrypay.tradeadmin.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.tradeadmin.settlement.Calendars.WorkingDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {

    /** Good Friday and Easter Monday in one, Qingming and a worked Saturday in the other. */
    private static final WorkingDays DAYS =
            new WorkingDays(
                    Map.of("NZ", Set.of(2026), "CN", Set.of(2026)),
                    Map.of(
                            "NZ",
                            Map.of(
                                    LocalDate.parse("2026-04-03"),
                                    true,
                                    LocalDate.parse("2026-04-06"),
                                    true),
                            "CN",
                            Map.of(
                                    LocalDate.parse("2026-04-06"),
                                    true,
                                    LocalDate.parse("2026-04-11"),
                                    false)));

    @ParameterizedTest
    @CsvSource({
        "2026-04-01, 1, NZ, 2026-04-02",
        "2026-04-02, 1, NZ, 2026-04-07", // over Easter
        "2026-04-02, 1, CN, 2026-04-03", // which is worked there
        "2026-04-03, 0, NZ, 2026-04-07", // the day itself is not worked
        "2026-04-01, 0, NZ, 2026-04-01",
        "2026-04-10, 1, NZ, 2026-04-13", // over a weekend
        "2026-04-10, 1, CN, 2026-04-11", // a Saturday that is worked
        "2026-04-10, 5, NZ, 2026-04-17"
    })
    void the_nth_day_on_which_banks_work(
            LocalDate from, int workingDays, String calendar, LocalDate day) {
        assertThat(DAYS.after(from, workingDays, List.of(calendar))).isEqualTo(day);
    }

    @Test
    void all_calendars_must_work() {
        assertThat(DAYS.after(LocalDate.parse("2026-04-10"), 1, List.of("CN", "NZ")))
                .isEqualTo("2026-04-13");
    }

    @Test
    void a_year_nobody_told_is_not_a_year_without_holidays() {
        assertThatThrownBy(() -> DAYS.after(LocalDate.parse("2026-12-31"), 1, List.of("NZ")))
                .isInstanceOf(YearUnknown.class)
                .hasMessageContaining("2027");
    }
}
