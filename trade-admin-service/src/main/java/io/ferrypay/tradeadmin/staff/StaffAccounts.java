package io.ferrypay.tradeadmin.staff;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Everybody who works here, and their accounts. */
@Repository
public class StaffAccounts {

    private static final String SELECT =
            """
            select a.id, a.person_id, p.employee_number, p.name, a.email, a.language, a.status, a.password_hash,
                   a.created_at,
                   coalesce((select string_agg(role, ',' order by role) from staff_role r
                              where r.account_id = a.id), '') as roles
              from staff_account a join person p on p.id = a.person_id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    StaffAccounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Optional<StaffAccount> find(String id) {
        return jdbc.sql(SELECT + " where a.id = ?").param(id).query(StaffAccounts::row).optional();
    }

    Optional<StaffAccount> byEmail(String email) {
        return jdbc.sql(SELECT + " where a.email = ?")
                .param(keyOf(email))
                .query(StaffAccounts::row)
                .optional();
    }

    /** As it is until the transaction ends. */
    Optional<StaffAccount> lock(String id) {
        return jdbc.sql(SELECT + " where a.id = ? for update of a")
                .param(id)
                .query(StaffAccounts::row)
                .optional();
    }

    /**
     * Refuses with 403 {@code forbidden_scope} one whose own roles don't give the permission at
     * this moment, whatever the token says: what broken glass lends is not enough here.
     */
    void requireByRole(StaffCaller caller, Permission permission) {
        if (find(caller.accountId())
                .filter(StaffAccount::isActive)
                .filter(account -> account.permissions().contains(permission))
                .isEmpty()) {
            throw ApiException.of(
                    CommonProblems.FORBIDDEN_SCOPE,
                    "This needs a role with the permission " + permission.text() + ".");
        }
    }

    public List<StaffAccount> all() {
        return jdbc.sql(SELECT + " order by a.created_at, a.id").query(StaffAccounts::row).list();
    }

    /** Nobody joins or leaves the administrators until the transaction ends. */
    void lockAdministrators() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('staff administrators'))")
                .query(rows -> {});
    }

    int activeAdministrators() {
        return jdbc.sql(
                        "select count(distinct a.person_id) from staff_account a"
                                + " join staff_role r on r.account_id = a.id"
                                + " where a.status = 'active' and r.role = 'administrator'")
                .query(Integer.class)
                .single();
    }

    boolean nobody() {
        return !jdbc.sql("select exists (select 1 from staff_account)")
                .query(Boolean.class)
                .single();
    }

    /** The name of the person with this number, if there is one. */
    Optional<String> nameOf(String employeeNumber) {
        return jdbc.sql("select name from person where employee_number = ?")
                .param(employeeNumber)
                .query(String.class)
                .optional();
    }

    boolean isTaken(String email) {
        return byEmail(email).isPresent();
    }

    /** For the person with this number, who is added if there is none. Without a password yet. */
    String add(String employeeNumber, String name, String email, Collection<StaffRole> roles) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql(
                        "insert into person (id, employee_number, name, created_at) values (?, ?, ?, ?)"
                                + " on conflict (employee_number) do nothing")
                .params("per_" + UlidCreator.getUlid(), employeeNumber, name, now)
                .update();
        var person =
                jdbc.sql("select id from person where employee_number = ?")
                        .param(employeeNumber)
                        .query(String.class)
                        .single();
        var id = "sta_" + UlidCreator.getUlid();
        jdbc.sql("insert into staff_account (id, person_id, email, created_at) values (?, ?, ?, ?)")
                .params(id, person, keyOf(email), now)
                .update();
        setRoles(id, roles);
        return id;
    }

    void setRoles(String id, Collection<StaffRole> roles) {
        jdbc.sql("delete from staff_role where account_id = ?").param(id).update();
        for (var role : roles) {
            jdbc.sql("insert into staff_role (account_id, role) values (?, ?)")
                    .params(id, role.text())
                    .update();
        }
    }

    void activate(String id, String passwordHash, String language) {
        jdbc.sql(
                        "update staff_account set status = 'active', password_hash = ?, language = ? where id = ?")
                .params(passwordHash, language, id)
                .update();
    }

    void setPassword(String id, String passwordHash) {
        jdbc.sql("update staff_account set password_hash = ? where id = ?")
                .params(passwordHash, id)
                .update();
    }

    void setStatus(String id, String status) {
        jdbc.sql("update staff_account set status = ? where id = ?").params(status, id).update();
    }

    void setLanguage(String id, String language) {
        jdbc.sql("update staff_account set language = ? where id = ?")
                .params(language, id)
                .update();
    }

    /** One address is one account, however it is written. */
    static String keyOf(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    private static StaffAccount row(ResultSet row, int number) throws SQLException {
        return new StaffAccount(
                row.getString("id"),
                row.getString("person_id"),
                row.getString("employee_number"),
                row.getString("name"),
                row.getString("email"),
                row.getString("language"),
                row.getString("status"),
                row.getString("password_hash"),
                Arrays.stream(row.getString("roles").split(","))
                        .map(StaffRole::find)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()),
                row.getTimestamp("created_at").toInstant());
    }
}
