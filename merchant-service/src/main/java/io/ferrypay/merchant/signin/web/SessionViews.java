package io.ferrypay.merchant.signin.web;

import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.merchant.merchant.MerchantStatus;
import io.ferrypay.merchant.portal.Permission;
import io.ferrypay.merchant.portal.Role;
import io.ferrypay.merchant.signin.StartSession;
import io.ferrypay.merchant.team.Team;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What a person is told about the own session. */
@Component
class SessionViews {

    private final Team team;
    private final KeepMerchants merchants;

    SessionViews(Team team, KeepMerchants merchants) {
        this.team = team;
        this.merchants = merchants;
    }

    @Schema(name = "PortalUser")
    record UserView(String id, String email, String name, String language) {}

    /**
     * @param liveEnabled whether live mode is open to it
     */
    @Schema(name = "PortalMerchant")
    record MerchantView(
            String id, String displayName, String currency, String status, boolean liveEnabled) {}

    @Schema(name = "OwnMembership")
    record MembershipView(String merchantId, String displayName, String role) {}

    @Schema(name = "PortalSession")
    record SessionView(
            String id,
            UserView user,
            MerchantView merchant,
            String role,
            @Schema(description = "What the role may do, such as `refunds:write`.")
                    List<String> permissions,
            @Schema(
                            description =
                                    "The merchant wants a second factor of everybody and this person has none:"
                                            + " what needs a permission is refused with `second_factor_needed`.")
                    boolean secondFactorNeeded,
            @Schema(description = "All merchants the person may switch to.")
                    List<MembershipView> memberships,
            Instant signedInAt,
            @Schema(description = "When the session ends, however busy it is.") Instant endsAt,
            @Schema(description = "Until when what asks for `step_up_required` is allowed.")
                    Instant steppedUpUntil) {}

    SessionView of(StartSession.Current session) {
        var user = team.user(session.userId()).orElseThrow();
        var memberships =
                team.membershipsOf(user.id()).stream()
                        .map(membership ->
                                new MembershipView(
                                        membership.merchantId(),
                                        merchants
                                                .find(membership.merchantId())
                                                .orElseThrow()
                                                .details()
                                                .displayName(),
                                        membership.role().text()))
                        .toList();
        return new SessionView(
                session.id(),
                new UserView(user.id(), user.email(), user.name(), user.language()),
                merchant(session.merchantId()),
                session.role().text(),
                permissions(session.role()),
                session.barred(),
                memberships,
                session.signedInAt(),
                session.endsAt(),
                session.steppedUpUntil());
    }

    private MerchantView merchant(String id) {
        var merchant = merchants.find(id).orElseThrow();
        return new MerchantView(
                merchant.id(),
                merchant.details().displayName(),
                merchant.details().currency(),
                merchant.status().name().toLowerCase(Locale.ROOT),
                merchant.status() == MerchantStatus.ACTIVE);
    }

    private static List<String> permissions(Role role) {
        return role.permissions().stream().map(Permission::text).sorted().toList();
    }
}
