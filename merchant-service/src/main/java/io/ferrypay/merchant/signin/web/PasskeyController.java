package io.ferrypay.merchant.signin.web;

import io.ferrypay.merchant.portal.Anyone;
import io.ferrypay.merchant.portal.PortalCaller;
import io.ferrypay.merchant.portal.SignedIn;
import io.ferrypay.merchant.signin.Passkeys;
import io.ferrypay.merchant.signin.Passkeys.Passkey;
import io.ferrypay.merchant.signin.StartSession;
import io.ferrypay.merchant.signin.StepUp;
import io.ferrypay.merchant.team.Team;
import io.ferrypay.signin.ClientAddress;
import io.ferrypay.signin.PendingSignIn;
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
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Passkeys")
class PasskeyController {

    private static final String ONE = "/portal/api/passkeys/{id}";

    private final Passkeys passkeys;
    private final PendingSignIn pending;
    private final StepUp stepUp;
    private final StartSession start;
    private final SessionViews views;
    private final Team team;
    private final Tries tries;

    PasskeyController(
            Passkeys passkeys,
            PendingSignIn pending,
            StepUp stepUp,
            StartSession start,
            SessionViews views,
            Team team,
            Tries tries) {
        this.passkeys = passkeys;
        this.pending = pending;
        this.stepUp = stepUp;
        this.start = start;
        this.views = views;
        this.team = team;
        this.tries = tries;
    }

    @Schema(name = "PasskeyName")
    record Named(
            @NotBlank
                    @Size(max = 60)
                    @Pattern(regexp = "[^\\p{Cntrl}]*", message = "has no control characters")
                    String name) {}

    /**
     * @param credential as text, because its fields are the browser's and not ours
     */
    @Schema(name = "NewPasskey")
    record NewPasskey(
            @NotBlank
                    @Size(max = 60)
                    @Pattern(regexp = "[^\\p{Cntrl}]*", message = "has no control characters")
                    String name,
            @Schema(
                            description =
                                    "`RegistrationResponseJSON`, written as text: `JSON.stringify(credential)`.")
                    @NotNull
                    @Size(max = 16_000)
                    String credential) {

        @Override
        public String toString() {
            return "NewPasskey[…]";
        }
    }

    @Schema(name = "PasskeyProof")
    record Proof(
            @Schema(
                            description =
                                    "`AuthenticationResponseJSON`, written as text: `JSON.stringify(credential)`.")
                    @NotNull
                    @Size(max = 16_000)
                    String credential) {

        @Override
        public String toString() {
            return "Proof[…]";
        }
    }

    @Schema(name = "Passkeys")
    record PasskeysView(List<Passkey> data) {}

    @Schema(name = "RegisteredPasskey")
    record RegisteredView(
            Passkey passkey,
            @Schema(
                            description =
                                    "For whoever had no second factor before; shown this once, each is good once.")
                    List<String> recoveryCodes) {

        @Override
        public String toString() {
            return "RegisteredView[" + passkey.id() + "]";
        }
    }

    @SignedIn
    @GetMapping("/portal/api/passkeys")
    @Operation(
            operationId = "listPasskeys",
            summary = "The own passkeys",
            description =
                    "Oldest first. One with `doubted_at` opens nothing any more: its counter fell, so"
                            + " there may be a copy of it. One with `unproven_since` opens nothing without the"
                            + " password, which was reset.")
    PasskeysView list(PortalCaller caller) {
        return new PasskeysView(passkeys.of(caller.userId()));
    }

    @SignedIn
    @PostMapping("/portal/api/passkeys:offer")
    @Operation(
            operationId = "offerPasskey",
            summary = "Begin with a passkey",
            description =
                    "For `PublicKeyCredential.parseCreationOptionsFromJSON`, once and within five"
                            + " minutes. `step_up_required`.")
    Passkeys.Creation offer(PortalCaller caller) {
        stepUp.require(caller);
        return passkeys.offer(team.user(caller.userId()).orElseThrow());
    }

    @SignedIn
    @PostMapping("/portal/api/passkeys")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "registerPasskey",
            summary = "Keep a passkey",
            description =
                    "What the browser made of the offer. `wrong_passkey`, `passkey_exists`,"
                            + " `too_many_passkeys`, `step_up_required`.")
    RegisteredView register(PortalCaller caller, @Valid @RequestBody NewPasskey wanted) {
        stepUp.require(caller);
        var made = passkeys.register(caller.userId(), wanted.name().strip(), wanted.credential());
        return new RegisteredView(made.passkey(), made.recoveryCodes());
    }

    @SignedIn
    @PatchMapping(ONE)
    @Operation(
            operationId = "renamePasskey",
            summary = "Rename a passkey",
            description = "The name is for its owner only.")
    Passkey rename(PortalCaller caller, @PathVariable String id, @Valid @RequestBody Named named) {
        return passkeys.rename(caller.userId(), id, named.name().strip());
    }

    @SignedIn
    @DeleteMapping(ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removePasskey",
            summary = "Remove a passkey",
            description =
                    "`last_second_factor` where the person's role must have one. With the last second"
                            + " factor go the recovery codes. `step_up_required`.")
    void remove(PortalCaller caller, @PathVariable String id) {
        stepUp.require(caller);
        passkeys.remove(caller.userId(), id);
    }

    @Anyone
    @PostMapping("/portal/api/sign_in:passkey_options")
    @Operation(
            operationId = "askForPasskey",
            summary = "Begin a sign-in by passkey",
            description =
                    "For `PublicKeyCredential.parseRequestOptionsFromJSON`, once and within five"
                            + " minutes. After `second_factor_required` it names the person's own.")
    Passkeys.Request ask(HttpServletRequest request) {
        tries.count(Tries.Kind.ADDRESS, ClientAddress.subscriberOf(request));
        return passkeys.askToSignIn(pending.of(request).orElse(null));
    }

    @Anyone
    @PostMapping("/portal/api/sign_in:passkey")
    @Operation(
            operationId = "signInByPasskey",
            summary = "Sign in by passkey",
            description =
                    "Needs no password: the device has asked for its own PIN, finger or face."
                            + " `wrong_passkey`; `password_first` for one that was not shown since the"
                            + " password was reset: then after `second_factor_required`.")
    SessionViews.SessionView signIn(@Valid @RequestBody Proof proof, HttpServletRequest request) {
        tries.count(Tries.Kind.ADDRESS, ClientAddress.subscriberOf(request));
        var userId = passkeys.signIn(proof.credential(), pending.of(request).orElse(null));
        return views.of(start.of(request, team.user(userId).orElseThrow()));
    }

    @SignedIn
    @PostMapping("/portal/api/step_up:passkey_options")
    @Operation(
            operationId = "askForPasskeyAgain",
            summary = "Begin a step-up by passkey",
            description =
                    "For `PublicKeyCredential.parseRequestOptionsFromJSON`, once and within five minutes.")
    Passkeys.Request askAgain(PortalCaller caller) {
        return passkeys.askToStepUp(caller.userId());
    }

    @SignedIn
    @PostMapping("/portal/api/step_up:passkey")
    @Operation(
            operationId = "stepUpByPasskey",
            summary = "Prove again who you are, by passkey",
            description = "As `POST /portal/api/step_up`. `wrong_passkey`.")
    SessionViews.SessionView stepUp(
            PortalCaller caller, @Valid @RequestBody Proof proof, HttpServletRequest request) {
        passkeys.stepUp(caller.userId(), proof.credential());
        return views.of(start.stepUp(request));
    }
}
