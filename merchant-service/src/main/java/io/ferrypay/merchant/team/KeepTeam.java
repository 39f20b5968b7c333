package io.ferrypay.merchant.team;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.merchant.portal.PortalCaller;
import io.ferrypay.merchant.portal.Role;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who acts for a merchant: roles changed, people removed, invitations kept. Only an owner decides
 * about owners, and the last owner stays one.
 */
@Service
public class KeepTeam {

    /** How long an invitation can be accepted. */
    public static final Duration INVITATION_LIFE = Duration.ofDays(7);

    private static final int MOST_PENDING = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    KeepTeam(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A member as the team sees it. */
    public record Member(
            String userId,
            String name,
            String email,
            Role role,
            boolean secondFactor,
            Instant since) {

        @Override
        public String toString() {
            return "Member[" + userId + "]";
        }
    }

    /** Somebody who was asked to join and has not yet. */
    public record Invitation(
            String id, String merchantId, String email, Role role, Instant expiresAt) {

        @Override
        public String toString() {
            return "Invitation[" + id + "]";
        }
    }

    /** Oldest first. */
    public List<Member> members(String merchantId) {
        return jdbc.sql(
                        """
                        select u.id, u.name, u.email, m.role, m.created_at,
                            exists (select from totp t where t.user_id = u.id and t.confirmed)
                                or exists (select from passkey p where p.user_id = u.id) as second_factor
                        from membership m join portal_user u on u.id = m.user_id
                        where m.merchant_id = ? order by m.created_at, u.id
                        """)
                .param(merchantId)
                .query((row, _) ->
                        new Member(
                                row.getString("id"),
                                row.getString("name"),
                                row.getString("email"),
                                Role.of(row.getString("role")),
                                row.getBoolean("second_factor"),
                                row.getTimestamp("created_at").toInstant()))
                .list();
    }

    /** Refuses with 404, 403 {@code owner_only} or 409 {@code last_owner}. */
    @Transactional
    public void changeRole(PortalCaller caller, String userId, Role role) {
        var current = lockedRole(caller.merchantId(), userId);
        refuseUnlessOwner(caller, current, role);
        if (current == Role.OWNER && role != Role.OWNER) {
            refuseLastOwner(caller.merchantId());
        }
        jdbc.sql("update membership set role = ? where merchant_id = ? and user_id = ?")
                .params(role.text(), caller.merchantId(), userId)
                .update();
    }

    /** Refuses with 404, 403 {@code owner_only} or 409 {@code last_owner}. */
    @Transactional
    public void remove(PortalCaller caller, String userId) {
        var current = lockedRole(caller.merchantId(), userId);
        refuseUnlessOwner(caller, current, current);
        if (current == Role.OWNER) {
            refuseLastOwner(caller.merchantId());
        }
        jdbc.sql("delete from membership where merchant_id = ? and user_id = ?")
                .params(caller.merchantId(), userId)
                .update();
    }

    /**
     * Replaces an earlier invitation of the same address. Refuses with 403 {@code owner_only}, 409
     * {@code already_a_member} or {@code too_many_invitations}.
     *
     * @param tokenHash of the secret that is mailed
     */
    @Transactional
    public Invitation invite(PortalCaller caller, String email, Role role, byte[] tokenHash) {
        refuseUnlessOwner(caller, role, role);
        lockMerchant(caller.merchantId());
        var key = Team.keyOf(email);
        if (members(caller.merchantId()).stream()
                .anyMatch(member -> Team.keyOf(member.email()).equals(key))) {
            throw ApiException.of(TeamProblems.ALREADY_A_MEMBER);
        }
        jdbc.sql(
                        "delete from invitation where merchant_id = ? and (email_key = ? or expires_at < ?)")
                .params(caller.merchantId(), key, clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (pending(caller.merchantId()).size() >= MOST_PENDING) {
            throw ApiException.of(TeamProblems.TOO_MANY_INVITATIONS);
        }
        var invitation =
                new Invitation(
                        "inv_" + UlidCreator.getUlid(),
                        caller.merchantId(),
                        email.strip(),
                        role,
                        clock.instant().plus(INVITATION_LIFE));
        jdbc.sql(
                        """
                        insert into invitation
                            (id, merchant_id, email, email_key, role, token_hash, invited_by, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        invitation.id(),
                        caller.merchantId(),
                        invitation.email(),
                        key,
                        role.text(),
                        tokenHash,
                        caller.userId(),
                        invitation.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
        return invitation;
    }

    /** Whether everybody who acts for the merchant must have a second factor. */
    public boolean wantsSecondFactor(String merchantId) {
        return jdbc.sql("select exists (select from team_rule where merchant_id = ?)")
                .param(merchantId)
                .query(Boolean.class)
                .single();
    }

    /**
     * From now on, or no longer. Refuses with 409 {@code second_factor_first} who has none: they
     * would shut themselves out.
     */
    @Transactional
    public void wantSecondFactor(PortalCaller caller, boolean wanted) {
        lockMerchant(caller.merchantId());
        if (!wanted) {
            jdbc.sql("delete from team_rule where merchant_id = ?")
                    .param(caller.merchantId())
                    .update();
            return;
        }
        if (members(caller.merchantId()).stream()
                .noneMatch(member ->
                        member.userId().equals(caller.userId()) && member.secondFactor())) {
            throw ApiException.of(TeamProblems.SECOND_FACTOR_FIRST);
        }
        jdbc.sql(
                        "insert into team_rule (merchant_id, second_factor_since, set_by) values (?, ?, ?) on conflict (merchant_id) do nothing")
                .params(
                        caller.merchantId(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        caller.userId())
                .update();
    }

    /** Newest first. */
    public List<Invitation> pending(String merchantId) {
        return jdbc.sql(
                        "select * from invitation where merchant_id = ? and expires_at > ? order by id desc")
                .params(merchantId, clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> invitation(row))
                .list();
    }

    /** Refuses with 404 what is not this merchant's, and 403 what only an owner may. */
    @Transactional
    public void withdraw(PortalCaller caller, String id) {
        var role =
                jdbc.sql("delete from invitation where merchant_id = ? and id = ? returning role")
                        .params(caller.merchantId(), id)
                        .query((row, _) -> Role.of(row.getString(1)))
                        .optional()
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        refuseUnlessOwner(caller, role, role);
    }

    /** What a mailed secret invites to, without using it up. */
    public Optional<Invitation> invited(byte[] tokenHash) {
        return jdbc.sql("select * from invitation where token_hash = ? and expires_at > ?")
                .params(tokenHash, clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> invitation(row))
                .optional();
    }

    /** Uses the invitation up; of two at the same time one gets it. */
    public boolean use(Invitation invitation) {
        return jdbc.sql("delete from invitation where id = ? and expires_at > ?")
                        .params(invitation.id(), clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Two owners who remove each other at once come here one after the other. */
    private Role lockedRole(String merchantId, String userId) {
        lockMerchant(merchantId);
        return jdbc.sql("select role from membership where merchant_id = ? and user_id = ?")
                .params(merchantId, userId)
                .query((row, _) -> Role.of(row.getString(1)))
                .optional()
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private void lockMerchant(String merchantId) {
        jdbc.sql("select user_id from membership where merchant_id = ? order by user_id for update")
                .param(merchantId)
                .query(String.class)
                .list();
    }

    /** Asked anew under the lock: the caller may have lost the role a moment ago. */
    private void refuseUnlessOwner(PortalCaller caller, Role before, Role after) {
        if (before != Role.OWNER && after != Role.OWNER) {
            return;
        }
        var owners =
                jdbc.sql(
                                "select count(*) from membership where merchant_id = ? and user_id = ? and role = 'owner'")
                        .params(caller.merchantId(), caller.userId())
                        .query(Integer.class)
                        .single();
        if (owners == 0) {
            throw ApiException.of(TeamProblems.OWNER_ONLY);
        }
    }

    private void refuseLastOwner(String merchantId) {
        var owners =
                jdbc.sql("select count(*) from membership where merchant_id = ? and role = 'owner'")
                        .param(merchantId)
                        .query(Integer.class)
                        .single();
        if (owners < 2) {
            throw ApiException.of(TeamProblems.LAST_OWNER);
        }
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                row.getString("id"),
                row.getString("merchant_id"),
                row.getString("email"),
                Role.of(row.getString("role")),
                row.getTimestamp("expires_at").toInstant());
    }
}
