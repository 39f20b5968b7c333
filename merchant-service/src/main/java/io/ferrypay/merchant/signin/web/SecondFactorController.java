package io.ferrypay.merchant.signin.web;

import io.ferrypay.merchant.portal.Anyone;
import io.ferrypay.merchant.portal.PortalCaller;
import io.ferrypay.merchant.portal.SignedIn;
import io.ferrypay.merchant.signin.Passkeys;
import io.ferrypay.merchant.signin.PortalFactors;
import io.ferrypay.merchant.signin.StartSession;
import io.ferrypay.merchant.signin.StepUp;
import io.ferrypay.merchant.team.Team;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.signin.ClientAddress;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.PendingSignIn;
import io.ferrypay.signin.SecondFactors;
import io.ferrypay.signin.Tries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Second factor")
class SecondFactorController {

    private final PortalFactors factors;
    private final SecondFactors codes;
    private final Passkeys passkeys;
    private final PendingSignIn pending;
    private final StepUp stepUp;
    private final StartSession start;
    private final SessionViews views;
    private final Team team;
    private final Tries tries;

    SecondFactorController(
            PortalFactors factors,
            SecondFactors codes,
            Passkeys passkeys,
            PendingSignIn pending,
            StepUp stepUp,
            StartSession start,
            SessionViews views,
            Team team,
            Tries tries) {
        this.factors = factors;
        this.codes = codes;
        this.passkeys = passkeys;
        this.pending = pending;
        this.stepUp = stepUp;
        this.start = start;
        this.views = views;
        this.team = team;
        this.tries = tries;
    }

    /** Exactly one of them. */
    record Proof(
            @Nullable @Size(max = Passwords.LONGEST) String password,
            @Nullable @Pattern(regexp = "[0-9]{6}", message = "has six digits") String totp,
            @Nullable @Size(max = 40) String recoveryCode) {

        @Override
        public String toString() {
            return "Proof[…]";
        }

        private void refuseUnlessOne(boolean passwordCounts) {
            var given = 0;
            for (var one : new String[] {passwordCounts ? password : null, totp, recoveryCode}) {
                given += one == null ? 0 : 1;
            }
            if (given != 1 || (!passwordCounts && password != null)) {
                throw ApiException.invalid("/", "not_allowed", "needs exactly one proof");
            }
        }
    }

    record Code(@NotNull @Pattern(regexp = "[0-9]{6}", message = "has six digits") String totp) {

        @Override
        public String toString() {
            return "Code[…]";
        }
    }

    @Schema(name = "SecondFactorStatus")
    record StatusView(boolean totp, int passkeys, int recoveryCodesLeft) {}

    @Schema(name = "TotpOffer")
    record OfferView(
            @Schema(description = "In Base32, to be typed.") String secret,
            @Schema(description = "To be shown as a QR code.") String uri) {

        @Override
        public String toString() {
            return "OfferView[…]";
        }
    }

    @Schema(name = "RecoveryCodes")
    record RecoveryCodesView(
            @Schema(description = "Shown this once; each is good once.")
                    List<String> recoveryCodes) {

        @Override
        public String toString() {
            return "RecoveryCodesView[…]";
        }
    }

    @Anyone
    @PostMapping("/portal/api/sign_in:second_factor")
    @Operation(
            operationId = "signInSecondFactor",
            summary = "Complete a sign-in by a second factor",
            description =
                    "After `second_factor_required`, within five minutes, by `totp` or `recovery_code`."
                            + " `wrong_code` also for one that was used before.")
    SessionViews.SessionView complete(@Valid @RequestBody Proof proof, HttpServletRequest request) {
        proof.refuseUnlessOne(false);
        tries.count(Tries.Kind.ADDRESS, ClientAddress.subscriberOf(request));
        var userId =
                pending.of(request)
                        .orElseThrow(() -> ApiException.of(CommonProblems.UNAUTHENTICATED));
        prove(userId, proof);
        return views.of(start.of(request, team.user(userId).orElseThrow()));
    }

    private void prove(String userId, Proof proof) {
        if (proof.totp() != null) {
            codes.proveByApp(userId, proof.totp());
        } else if (proof.recoveryCode() != null) {
            codes.proveByRecoveryCode(userId, proof.recoveryCode());
        }
    }

    @SignedIn
    @PostMapping("/portal/api/step_up")
    @Operation(
            operationId = "stepUp",
            summary = "Prove again who you are",
            description =
                    "Allows what answers `step_up_required` for five minutes. Whoever has a second"
                            + " factor proves it by `totp`, `recovery_code` or a passkey (`step_up:passkey`);"
                            + " others by `password`.")
    SessionViews.SessionView stepUp(
            PortalCaller caller, @Valid @RequestBody Proof proof, HttpServletRequest request) {
        if (factors.isOn(caller.userId())) {
            proof.refuseUnlessOne(false);
            prove(caller.userId(), proof);
        } else {
            proof.refuseUnlessOne(true);
            stepUp.byPassword(caller.userId(), proof.password());
        }
        return views.of(start.stepUp(request));
    }

    @SignedIn
    @GetMapping("/portal/api/second_factor")
    @Operation(
            operationId = "getSecondFactor",
            summary = "The own second factor",
            description =
                    "Whether there is an authenticator app, how many passkeys, and how many recovery"
                            + " codes are left.")
    StatusView status(PortalCaller caller) {
        return new StatusView(
                factors.hasApp(caller.userId()),
                passkeys.of(caller.userId()).size(),
                codes.recoveryCodesLeft(caller.userId()));
    }

    @SignedIn
    @PostMapping("/portal/api/second_factor:offer")
    @Operation(
            operationId = "offerTotp",
            summary = "Begin with an authenticator app",
            description =
                    "A secret for the app. It counts only after `:confirm`. `step_up_required`;"
                            + " `second_factor_is_on` when there is one.")
    OfferView offer(PortalCaller caller) {
        stepUp.require(caller);
        var offer = codes.offer(caller.userId(), team.user(caller.userId()).orElseThrow().email());
        return new OfferView(offer.secret(), offer.uri());
    }

    @SignedIn
    @PostMapping("/portal/api/second_factor:confirm")
    @Operation(
            operationId = "confirmTotp",
            summary = "Switch the second factor on",
            description = "By a code of the app; answers with ten recovery codes.")
    RecoveryCodesView confirm(PortalCaller caller, @Valid @RequestBody Code code) {
        stepUp.require(caller);
        return new RecoveryCodesView(factors.confirmApp(caller.userId(), code.totp()));
    }

    @SignedIn
    @PostMapping("/portal/api/second_factor:new_recovery_codes")
    @Operation(
            operationId = "newRecoveryCodes",
            summary = "Ten new recovery codes",
            description = "The old ones end. `step_up_required`; 404 without a second factor.")
    RecoveryCodesView newCodes(PortalCaller caller) {
        stepUp.require(caller);
        if (!factors.isOn(caller.userId())) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
        return new RecoveryCodesView(factors.newRecoveryCodes(caller.userId()));
    }

    @SignedIn
    @PostMapping("/portal/api/second_factor:switch_off")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "switchSecondFactorOff",
            summary = "Switch the authenticator app off",
            description =
                    "Passkeys stay. `step_up_required`; `last_second_factor` where the person's role must"
                            + " have one.")
    void switchOff(PortalCaller caller) {
        stepUp.require(caller);
        factors.switchOff(caller.userId());
    }
}
