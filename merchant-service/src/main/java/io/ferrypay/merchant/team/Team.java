package io.ferrypay.merchant.team;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.merchant.portal.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All people of the portal and what they are to which merchant. */
@Repository
public class Team {

    private final JdbcClient jdbc;
    private final Clock clock;

    Team(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Upper and lower case make no difference in an address. */
    public static String keyOf(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    public Optional<PortalUser> userByEmail(String email) {
        return jdbc.sql("select * from portal_user where email_key = ?")
                .param(keyOf(email))
                .query((row, _) -> user(row))
                .optional();
    }

    public Optional<PortalUser> user(String id) {
        return jdbc.sql("select * from portal_user where id = ?")
                .param(id)
                .query((row, _) -> user(row))
                .optional();
    }

    /** Empty when somebody has this address already. */
    public Optional<PortalUser> addUser(
            String email, String name, String language, String passwordHash) {
        var user =
                new PortalUser(
                        "usr_" + UlidCreator.getUlid(),
                        email.strip(),
                        name,
                        language,
                        passwordHash,
                        clock.instant());
        var added =
                jdbc.sql(
                                """
                                insert into portal_user (id, email, email_key, name, language, password_hash, created_at)
                                values (?, ?, ?, ?, ?, ?, ?) on conflict (email_key) do nothing
                                """)
                        .params(
                                user.id(),
                                user.email(),
                                keyOf(email),
                                name,
                                language,
                                passwordHash,
                                user.createdAt().atOffset(ZoneOffset.UTC))
                        .update();
        return added == 1 ? Optional.of(user) : Optional.empty();
    }

    public void changePassword(String userId, String passwordHash) {
        jdbc.sql("update portal_user set password_hash = ? where id = ?")
                .params(passwordHash, userId)
                .update();
    }

    /** Nothing happens when the person is a member already. */
    public void join(String userId, String merchantId, Role role) {
        jdbc.sql(
                        """
                        insert into membership (user_id, merchant_id, role, created_at)
                        values (?, ?, ?, ?) on conflict do nothing
                        """)
                .params(userId, merchantId, role.text(), clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    public Optional<Membership> membership(String userId, String merchantId) {
        return jdbc.sql("select * from membership where user_id = ? and merchant_id = ?")
                .params(userId, merchantId)
                .query((row, _) -> membership(row))
                .optional();
    }

    /**
     * Whether a merchant wants a second factor of everybody, and this person has none: may do
     * nothing for it until there is one.
     */
    public boolean lacksSecondFactor(String userId, String merchantId) {
        return jdbc.sql(
                        """
                        select exists (select from team_rule where merchant_id = :merchant)
                            and not exists (select from totp where user_id = :user and confirmed)
                            and not exists (select from passkey where user_id = :user)
                        """)
                .param("merchant", merchantId)
                .param("user", userId)
                .query(Boolean.class)
                .single();
    }

    /** Whether a merchant that this person acts for wants a second factor of everybody. */
    public boolean mustHaveSecondFactor(String userId) {
        return jdbc.sql(
                        "select exists (select from membership m join team_rule r on r.merchant_id = m.merchant_id where m.user_id = ?)")
                .param(userId)
                .query(Boolean.class)
                .single();
    }

    /** Oldest first. */
    public List<Membership> membershipsOf(String userId) {
        return jdbc.sql(
                        "select * from membership where user_id = ? order by created_at, merchant_id")
                .param(userId)
                .query((row, _) -> membership(row))
                .list();
    }

    /** The people who act for a merchant in this role, oldest first. */
    public List<PortalUser> members(String merchantId, Role role) {
        return jdbc.sql(
                        """
                        select u.* from membership m join portal_user u on u.id = m.user_id
                        where m.merchant_id = ? and m.role = ? order by m.created_at, u.id
                        """)
                .params(merchantId, role.text())
                .query((row, _) -> user(row))
                .list();
    }

    private static PortalUser user(ResultSet row) throws SQLException {
        return new PortalUser(
                row.getString("id"),
                row.getString("email"),
                row.getString("name"),
                row.getString("language"),
                row.getString("password_hash"),
                row.getTimestamp("created_at").toInstant());
    }

    static Membership membership(ResultSet row) throws SQLException {
        return new Membership(
                row.getString("user_id"),
                row.getString("merchant_id"),
                Role.of(row.getString("role")),
                row.getTimestamp("created_at").toInstant());
    }
}
