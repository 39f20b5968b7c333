package io.ferrypay.paymentchannel.bank;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The banks to choose from, with the limits in force. */
@Service
public class Banks {

    private static final int LONGEST_SEARCH = 64;

    private final BankTables tables;
    private final Clock clock;

    Banks(BankTables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** All of them, in the order in which they are shown. */
    public List<Bank> all() {
        return tables.banks(clock.instant());
    }

    /** Those that somebody who typed this may mean; all of them when nothing was typed. */
    public List<Bank> search(String typed) {
        if (typed.length() > LONGEST_SEARCH) {
            return List.of();
        }
        return all().stream().filter(bank -> bank.isMeantBy(typed)).toList();
    }

    public Optional<Bank> find(String code) {
        return all().stream().filter(bank -> bank.code().equals(code)).findFirst();
    }
}
