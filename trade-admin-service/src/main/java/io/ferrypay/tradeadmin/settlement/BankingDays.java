package io.ferrypay.tradeadmin.settlement;

import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** On which days our bank works. */
@Component
public class BankingDays {

    private static final List<String> OURS = List.of("NZ");

    private final Calendars calendars;

    BankingDays(Calendars calendars) {
        this.calendars = calendars;
    }

    /**
     * @throws RuntimeException where nobody has told the holidays of that year
     */
    public boolean isWorked(LocalDate day) {
        return calendars.read().isWorked(day, OURS);
    }
}
