package io.ferrypay.merchant.signin.web;

import io.ferrypay.merchant.portal.Anyone;
import io.ferrypay.merchant.portal.PortalCaller;
import io.ferrypay.merchant.portal.SignedIn;
import io.ferrypay.merchant.signin.Passkeys;
import io.ferrypay.merchant.signin.PortalFactors;
import io.ferrypay.merchant.signin.ResetPassword;
import io.ferrypay.merchant.signin.SignIn;
import io.ferrypay.merchant.signin.StartSession;
import io.ferrypay.signin.ClientAddress;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.PendingSignIn;
import io.ferrypay.signin.Tries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Sign-in")
class SignInController {

    private final SignIn signIn;
    private final ResetPassword resetPassword;
    private final PortalFactors factors;
    private final Passkeys passkeys;
    private final PendingSignIn pending;
    private final StartSession start;
    private final SessionViews views;
    private final Tries tries;

    SignInController(
            SignIn signIn,
            ResetPassword resetPassword,
            PortalFactors factors,
            Passkeys passkeys,
            PendingSignIn pending,
            StartSession start,
            SessionViews views,
            Tries tries) {
        this.signIn = signIn;
        this.resetPassword = resetPassword;
        this.factors = factors;
        this.passkeys = passkeys;
        this.pending = pending;
        this.start = start;
        this.views = views;
        this.tries = tries;
    }

    record EmailAndPassword(
            @NotNull @Size(max = 254) String email,
            @NotNull @Size(max = Passwords.LONGEST) String password) {

        @Override
        public String toString() {
            return "EmailAndPassword[…]";
        }
    }

    @Schema(name = "SignInAnswer")
    record SignInView(
            @Schema(allowableValues = {"signed_in", "second_factor_required"}) String status,
            @Schema(description = "What the person may prove it by, if a second factor is needed.")
                    List<String> secondFactors,
            SessionViews.@Nullable SessionView session) {}

    record Email(
            @NotNull @Pattern(regexp = SignUpController.EMAIL, message = "is not a mail address")
                    String email) {

        @Override
        public String toString() {
            return "Email[…]";
        }
    }

    record PasswordChange(
            @NotNull @Size(max = Passwords.LONGEST) String currentPassword,
            @NotNull @Size(min = Passwords.SHORTEST, max = Passwords.LONGEST) String password) {

        @Override
        public String toString() {
            return "PasswordChange[…]";
        }
    }

    @Anyone
    @PostMapping("/portal/api/sign_in")
    @Operation(
            operationId = "signIn",
            summary = "Sign in",
            description =
                    "`wrong_credentials` for an unknown address and for a wrong password alike;"
                            + " `too_many_attempts` with `Retry-After` after ten tries in 15 minutes.")
    SignInView signIn(@Valid @RequestBody EmailAndPassword shown, HttpServletRequest request) {
        var user =
                signIn.withPassword(
                        shown.email(), shown.password(), ClientAddress.subscriberOf(request));
        if (factors.isOn(user.id())) {
            pending.begin(request, user.id());
            return new SignInView("second_factor_required", waysOf(user.id()), null);
        }
        return new SignInView("signed_in", List.of(), views.of(start.of(request, user)));
    }

    private List<String> waysOf(String userId) {
        var ways = new ArrayList<String>();
        if (factors.hasApp(userId)) {
            ways.add("totp");
        }
        if (!passkeys.of(userId).isEmpty()) {
            ways.add("passkey");
        }
        ways.add("recovery_code");
        return ways;
    }

    @Anyone
    @PostMapping("/portal/api/sign_out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "signOut", summary = "Sign out", description = "Ends the session.")
    void signOut(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    @Anyone
    @PostMapping("/portal/api/password_reset")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "askForPasswordReset",
            summary = "Ask for a link that sets a new password",
            description = "The answer is the same whether or not there is such an account.")
    SignUpController.MailSent ask(@Valid @RequestBody Email whose, HttpServletRequest request) {
        tries.count(Tries.Kind.ADDRESS, ClientAddress.subscriberOf(request));
        resetPassword.ask(whose.email());
        return SignUpController.MailSent.YES;
    }

    @Anyone
    @PostMapping("/portal/api/password_reset:complete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "completePasswordReset",
            summary = "Set a new password",
            description =
                    "With the token of the mail, once, while it is good. Ends every session of the person;"
                            + " a passkey opens the portal alone again once it was shown after the new"
                            + " password. The token of a mail that told of a new second factor takes that"
                            + " one off, too.")
    void complete(
            @Valid @RequestBody SignUpController.ChosenPassword chosen,
            HttpServletRequest request) {
        tries.count(Tries.Kind.ADDRESS, ClientAddress.subscriberOf(request));
        resetPassword.complete(chosen.token(), chosen.password());
    }

    @SignedIn
    @PostMapping("/portal/api/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "changePassword",
            summary = "Change the own password",
            description = "Ends the person's other sessions.")
    void change(PortalCaller caller, @Valid @RequestBody PasswordChange change) {
        resetPassword.change(
                caller.userId(), change.currentPassword(), change.password(), caller.sessionId());
    }
}
