package io.ferrypay.tradeadmin.staff;

import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Two people of finance for a demonstration. They have no password and no second factor, so nobody
 * can sign in as one of them.
 */
@Service
@ConditionalOnProperty("ferry.demo.colleagues")
public class KeepDemoColleagues {

    private static final List<String> NUMBERS = List.of("DEMO-1", "DEMO-2");

    private final StaffAccounts accounts;
    private final JdbcClient jdbc;

    KeepDemoColleagues(StaffAccounts accounts, JdbcClient jdbc) {
        this.accounts = accounts;
        this.jdbc = jdbc;
    }

    /**
     * @param account {@code sta_…}
     * @param person {@code per_…}
     */
    public record Colleague(String account, String person) {}

    /** They are made once. */
    @Transactional
    public List<Colleague> both() {
        return NUMBERS.stream().map(this::one).toList();
    }

    private Colleague one(String number) {
        var email = number.toLowerCase(java.util.Locale.ROOT) + "@demo.invalid";
        if (!accounts.isTaken(email)) {
            var _ = accounts.add(number, "Demo " + number, email, Set.of(StaffRole.FINANCE));
        }
        return jdbc.sql(
                        """
                        select a.id, a.person_id from staff_account a join person p on p.id = a.person_id
                         where p.employee_number = ? order by a.created_at limit 1
                        """)
                .param(number)
                .query((row, _) -> new Colleague(row.getString(1), row.getString(2)))
                .single();
    }
}
