package io.ferrypay.merchant.signin.web;

import io.ferrypay.merchant.portal.Anyone;
import io.ferrypay.merchant.portal.Permission;
import io.ferrypay.merchant.portal.PortalCaller;
import io.ferrypay.merchant.portal.Requires;
import io.ferrypay.merchant.portal.Role;
import io.ferrypay.merchant.signin.Invite;
import io.ferrypay.merchant.signin.StartSession;
import io.ferrypay.merchant.signin.StepUp;
import io.ferrypay.merchant.team.KeepTeam;
import io.ferrypay.signin.ClientAddress;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.Tries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Team")
class TeamController {

    private static final String ROLES = "owner|admin|finance|cashier|developer|read_only";

    private final KeepTeam team;
    private final Invite invite;
    private final StepUp stepUp;
    private final StartSession start;
    private final SessionViews views;
    private final Tries tries;

    TeamController(
            KeepTeam team,
            Invite invite,
            StepUp stepUp,
            StartSession start,
            SessionViews views,
            Tries tries) {
        this.team = team;
        this.invite = invite;
        this.stepUp = stepUp;
        this.start = start;
        this.views = views;
        this.tries = tries;
    }

    @Schema(name = "TeamMember")
    record MemberView(
            String userId,
            String name,
            String email,
            String role,
            boolean secondFactor,
            Instant since) {}

    @Schema(name = "TeamMembers")
    record MemberList(String object, List<MemberView> data) {}

    @Schema(name = "Invitation")
    record InvitationView(String id, String email, String role, Instant expiresAt) {

        static InvitationView of(KeepTeam.Invitation invitation) {
            return new InvitationView(
                    invitation.id(),
                    invitation.email(),
                    invitation.role().text(),
                    invitation.expiresAt());
        }
    }

    @Schema(name = "Invitations")
    record InvitationList(String object, List<InvitationView> data) {}

    record NewRole(@NotNull @Pattern(regexp = ROLES, message = "is not a role") String role) {}

    record NewInvitation(
            @NotNull @Pattern(regexp = SignUpController.EMAIL, message = "is not a mail address")
                    String email,
            @NotNull @Pattern(regexp = ROLES, message = "is not a role") String role,
            @NotNull @Pattern(regexp = "en|zh", message = "is en or zh") String language) {

        @Override
        public String toString() {
            return "NewInvitation[…]";
        }
    }

    record Acceptance(
            @NotNull @Pattern(regexp = SignUpController.TOKEN, message = "is not a token of ours")
                    String token,
            @NotBlank
                    @Size(max = 80)
                    @Pattern(regexp = SignUpController.LINE, message = "is one line")
                    String name,
            @NotNull @Pattern(regexp = "en|zh", message = "is en or zh") String language,
            @Size(min = Passwords.SHORTEST, max = Passwords.LONGEST) @Nullable String password) {

        @Override
        public String toString() {
            return "Acceptance[…]";
        }
    }

    @Requires(Permission.TEAM_READ)
    @GetMapping("/portal/api/team")
    @Operation(
            operationId = "listTeam",
            summary = "Who acts for the merchant",
            description = "With roles, and whether each has a second factor.")
    MemberList members(PortalCaller caller) {
        return new MemberList(
                "list",
                team.members(caller.merchantId()).stream()
                        .map(member ->
                                new MemberView(
                                        member.userId(),
                                        member.name(),
                                        member.email(),
                                        member.role().text(),
                                        member.secondFactor(),
                                        member.since()))
                        .toList());
    }

    @Requires(Permission.TEAM_WRITE)
    @PatchMapping("/portal/api/team/{user_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "changeRole",
            summary = "Give somebody another role",
            description =
                    "Works at once. `step_up_required`; `owner_only` for making or unmaking an owner;"
                            + " `last_owner`.")
    void changeRole(
            PortalCaller caller,
            @PathVariable("user_id") String userId,
            @Valid @RequestBody NewRole wanted) {
        stepUp.require(caller);
        team.changeRole(caller, userId, Role.of(wanted.role()));
    }

    @Requires(Permission.TEAM_WRITE)
    @DeleteMapping("/portal/api/team/{user_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeMember",
            summary = "Take somebody off the team",
            description =
                    "Ends what their sessions may do here, within seconds. `step_up_required`;"
                            + " `owner_only`; `last_owner`.")
    void remove(PortalCaller caller, @PathVariable("user_id") String userId) {
        stepUp.require(caller);
        team.remove(caller, userId);
    }

    @Schema(name = "TeamRules")
    record RulesView(
            @Schema(description = "Whether everybody must have a second factor.")
                    boolean secondFactorRequired) {}

    @Schema(name = "NewTeamRules")
    record NewRules(@NotNull Boolean secondFactorRequired) {}

    @Requires(Permission.TEAM_READ)
    @GetMapping("/portal/api/team_rules")
    @Operation(
            operationId = "getTeamRules",
            summary = "What is asked of everybody on the team",
            description = "Whether each of them must have a second factor.")
    RulesView rules(PortalCaller caller) {
        return new RulesView(team.wantsSecondFactor(caller.merchantId()));
    }

    @Requires(Permission.TEAM_WRITE)
    @PutMapping("/portal/api/team_rules")
    @Operation(
            operationId = "setTeamRules",
            summary = "Ask for something of everybody on the team",
            description =
                    "Works at once: who has no second factor may only set one up, and is refused anything"
                            + " else with `second_factor_needed`. `step_up_required`; `second_factor_first`"
                            + " for one who has none.")
    RulesView setRules(PortalCaller caller, @Valid @RequestBody NewRules wanted) {
        stepUp.require(caller);
        team.wantSecondFactor(caller, wanted.secondFactorRequired());
        return new RulesView(wanted.secondFactorRequired());
    }

    @Requires(Permission.TEAM_READ)
    @GetMapping("/portal/api/team_invitations")
    @Operation(
            operationId = "listInvitations",
            summary = "Open invitations",
            description = "Those that can still be accepted, newest first.")
    InvitationList invitations(PortalCaller caller) {
        return new InvitationList(
                "list",
                team.pending(caller.merchantId()).stream().map(InvitationView::of).toList());
    }

    @Requires(Permission.TEAM_WRITE)
    @PostMapping("/portal/api/team_invitations")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "invite",
            summary = "Invite somebody by mail",
            description =
                    "The link is good once, for seven days; an earlier one of the same address ends."
                            + " `step_up_required`; `owner_only` for inviting an owner;"
                            + " `already_a_member`; `too_many_invitations`.")
    InvitationView invite(PortalCaller caller, @Valid @RequestBody NewInvitation wanted) {
        stepUp.require(caller);
        return InvitationView.of(
                invite.send(caller, wanted.email(), Role.of(wanted.role()), wanted.language()));
    }

    @Requires(Permission.TEAM_WRITE)
    @DeleteMapping("/portal/api/team_invitations/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "withdrawInvitation",
            summary = "Withdraw an invitation",
            description = "Its link ends. `owner_only` for the invitation of an owner.")
    void withdraw(PortalCaller caller, @PathVariable String id) {
        team.withdraw(caller, id);
    }

    @Anyone
    @PostMapping("/portal/api/team_invitations:accept")
    @Operation(
            operationId = "acceptInvitation",
            summary = "Accept an invitation",
            description =
                    "With the token of the mail and, for a new account, a password; signs in. One who"
                            + " has an account gets `sign_in_first`, and accepts it signed in, without a"
                            + " password. `sign_out_first` for one who is signed in to another address.")
    SessionViews.SessionView accept(
            @Valid @RequestBody Acceptance acceptance, HttpServletRequest request) {
        tries.count(Tries.Kind.ADDRESS, ClientAddress.subscriberOf(request));
        var signedIn = start.signedIn(request);
        var user =
                invite.accept(
                        acceptance.token(),
                        signedIn.orElse(null),
                        acceptance.name(),
                        acceptance.language(),
                        acceptance.password());
        return views.of(signedIn.isPresent() ? start.current(request) : start.of(request, user));
    }
}
