package io.ferrypay.tradeadmin.staff.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.signin.Passwords;
import io.ferrypay.tradeadmin.staff.EnterConsole;
import io.ferrypay.tradeadmin.staff.Permission;
import io.ferrypay.tradeadmin.staff.StaffRole;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The own account: coming in, proving who one is, and going. */
@RestController
@RequestMapping("/console/api/account")
class AccountController {

    static final String EMAIL = "[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)+";
    static final String EMPLOYEE_NUMBER = "[0-9A-Z-]{1,32}";

    private final EnterConsole console;

    AccountController(EnterConsole console) {
        this.console = console;
    }

    record NewcomerView(
            @NotNull
                    @Pattern(
                            regexp = EMPLOYEE_NUMBER,
                            message = "has 1 to 32 digits, capital letters and hyphens")
                    String employeeNumber,
            @NotBlank @Size(max = 100) String name,
            @NotNull @Size(max = 254) @Pattern(regexp = EMAIL, message = "is not a mail address")
                    String email) {

        @Override
        public String toString() {
            return "Newcomer[…]";
        }
    }

    record Token(@NotNull @Size(max = 100) String token) {

        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    record LinkView(boolean asksWho) {}

    record Joining(
            @NotNull @Size(max = 100) String token,
            @NotNull @Size(min = Passwords.SHORTEST, max = Passwords.LONGEST) String password,
            @NotNull @Pattern(regexp = "en|zh", message = "is en or zh") String language,
            @Valid @Nullable NewcomerView newcomer) {

        @Override
        public String toString() {
            return "Joining[…]";
        }
    }

    record EmailAndPassword(
            @NotNull @Size(max = 254) String email,
            @NotNull @Size(max = Passwords.LONGEST) String password) {

        @Override
        public String toString() {
            return "EmailAndPassword[…]";
        }
    }

    record Proof(
            @Nullable @Size(max = 12) String totp, @Nullable @Size(max = 40) String recoveryCode) {

        @Override
        public String toString() {
            return "Proof[…]";
        }
    }

    record Code(@NotNull @Size(max = 12) String code) {

        @Override
        public String toString() {
            return "Code[…]";
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

    record Language(@NotNull @Pattern(regexp = "en|zh", message = "is en or zh") String language) {}

    /** {@code second_factor_required}, or {@code second_factor_set_up_required}. */
    record NextView(String status) {

        static NextView of(EnterConsole.Next next) {
            return new NextView(next.name().toLowerCase(Locale.ROOT) + "_required");
        }
    }

    record OfferView(String secret, String uri) {

        @Override
        public String toString() {
            return "OfferView[…]";
        }
    }

    record UserView(String account, String person, String name, String email, String language) {}

    record SessionView(
            String id,
            UserView user,
            List<String> roles,
            List<String> permissions,
            @Nullable Instant breakGlassUntil,
            Instant signedInAt,
            Instant endsAt,
            Instant steppedUpUntil) {

        static SessionView of(EnterConsole.Current current) {
            var account = current.account();
            return new SessionView(
                    current.sessionId(),
                    new UserView(
                            account.id(),
                            account.personId(),
                            account.name(),
                            account.email(),
                            account.language()),
                    account.roles().stream().map(StaffRole::text).sorted().toList(),
                    current.permissions().stream().map(Permission::text).sorted().toList(),
                    current.breakGlassUntil(),
                    current.signedInAt(),
                    current.endsAt(),
                    current.steppedUpAt().plus(StaffCaller.STEP_UP_LIFE));
        }
    }

    record SetUpView(List<String> recoveryCodes, SessionView session) {

        @Override
        public String toString() {
            return "SetUpView[…]";
        }
    }

    record SeenView(
            String id,
            boolean current,
            Instant signedInAt,
            Instant lastSeenAt,
            String address,
            String agent) {}

    record SeenList(List<SeenView> data) {}

    /** 401 when nobody is signed in; sets the cookie of the CSRF token in any case. */
    @GetMapping("/session")
    SessionView session(HttpServletRequest request) {
        return SessionView.of(console.current(request));
    }

    @PostMapping("/join:look")
    LinkView look(@Valid @RequestBody Token link, HttpServletRequest request) {
        return new LinkView(console.asksWho(link.token(), request));
    }

    @PostMapping("/join")
    NextView join(@Valid @RequestBody Joining joining, HttpServletRequest request) {
        var who = joining.newcomer();
        return NextView.of(
                console.join(
                        joining.token(),
                        joining.password(),
                        joining.language(),
                        who == null
                                ? null
                                : new EnterConsole.Newcomer(
                                        who.employeeNumber(), who.name(), who.email()),
                        request));
    }

    @PostMapping("/sign_in")
    NextView signIn(@Valid @RequestBody EmailAndPassword shown, HttpServletRequest request) {
        return NextView.of(console.withPassword(shown.email(), shown.password(), request));
    }

    @PostMapping("/sign_in:second_factor")
    SessionView secondFactor(@Valid @RequestBody Proof proof, HttpServletRequest request) {
        console.withSecondFactor(proof.totp(), proof.recoveryCode(), request);
        return SessionView.of(console.current(request));
    }

    @PostMapping("/second_factor:offer")
    OfferView offer(HttpServletRequest request) {
        var offer = console.offerSecondFactor(request);
        return new OfferView(offer.secret(), offer.uri());
    }

    @PostMapping("/second_factor:confirm")
    SetUpView confirm(@Valid @RequestBody Code code, HttpServletRequest request) {
        var codes = console.confirmSecondFactor(code.code(), request);
        return new SetUpView(codes, SessionView.of(console.current(request)));
    }

    @PostMapping("/step_up")
    SessionView stepUp(@Valid @RequestBody Proof proof, HttpServletRequest request) {
        return SessionView.of(console.stepUp(proof.totp(), proof.recoveryCode(), request));
    }

    @PostMapping("/sign_out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request) {
        console.signOut(request);
    }

    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(@Valid @RequestBody PasswordChange change, HttpServletRequest request) {
        console.changePassword(change.currentPassword(), change.password(), request);
    }

    @PostMapping("/language")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void speak(@Valid @RequestBody Language wanted, HttpServletRequest request) {
        console.speak(wanted.language(), request);
    }

    @GetMapping("/sessions")
    SeenList sessions(HttpServletRequest request) {
        var current = console.current(request).sessionId();
        return new SeenList(
                console.sessions(request).stream()
                        .map(seen ->
                                new SeenView(
                                        seen.id(),
                                        seen.id().equals(current),
                                        seen.signedInAt(),
                                        seen.lastSeenAt(),
                                        seen.address(),
                                        seen.agent()))
                        .toList());
    }

    @DeleteMapping("/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable String id, HttpServletRequest request) {
        if (!console.endSession(id, request)) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
    }
}
