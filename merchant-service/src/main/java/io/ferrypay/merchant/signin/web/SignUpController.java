package io.ferrypay.merchant.signin.web;

import io.ferrypay.merchant.portal.Anyone;
import io.ferrypay.merchant.signin.SignUp;
import io.ferrypay.merchant.signin.StartSession;
import io.ferrypay.signin.ClientAddress;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.Tries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Sign-up")
class SignUpController {

    /** One @ between two plain parts; whether it exists is for the mail to find out. */
    static final String EMAIL =
            "[^\\s\\p{Cntrl}@<>()\\[\\],;:\\\\\"]{1,64}@[^\\s\\p{Cntrl}@<>()\\[\\],;:\\\\\"]{1,190}";

    static final String LINE = "[^\\p{Cntrl}]*";
    static final String TOKEN = "[0-9A-Za-z_-]{43}";

    private final SignUp signUp;
    private final StartSession start;
    private final SessionViews views;
    private final Tries tries;

    SignUpController(SignUp signUp, StartSession start, SessionViews views, Tries tries) {
        this.signUp = signUp;
        this.start = start;
        this.views = views;
        this.tries = tries;
    }

    record NewMerchant(
            @NotNull @Pattern(regexp = EMAIL, message = "is not a mail address") String email,
            @NotBlank @Size(max = 80) @Pattern(regexp = LINE, message = "is one line") String name,
            @NotBlank @Size(max = 60) @Pattern(regexp = LINE, message = "is one line")
                    String businessName,
            @NotNull @Pattern(regexp = "en|zh", message = "is en or zh") String language) {

        @Override
        public String toString() {
            return "NewMerchant[…]";
        }
    }

    record MailSent(String status) {

        static final MailSent YES = new MailSent("mail_sent");
    }

    /** A password that was chosen, with the token of the mail. */
    record ChosenPassword(
            @NotNull @Pattern(regexp = TOKEN, message = "is not a token of ours") String token,
            @NotNull @Size(min = Passwords.SHORTEST, max = Passwords.LONGEST) String password) {

        @Override
        public String toString() {
            return "ChosenPassword[…]";
        }
    }

    @Anyone
    @PostMapping("/portal/api/sign_up")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "signUp",
            summary = "Sign a new merchant up",
            description =
                    "Mails a link whose token completes the sign-up within 24 hours. The answer is the"
                            + " same for an address that has an account; only the mail differs.")
    MailSent ask(@Valid @RequestBody NewMerchant wanted, HttpServletRequest request) {
        tries.count(Tries.Kind.ADDRESS, ClientAddress.subscriberOf(request));
        signUp.ask(
                new SignUp.Wish(
                        wanted.email(), wanted.name(), wanted.businessName(), wanted.language()));
        return MailSent.YES;
    }

    @Anyone
    @PostMapping("/portal/api/sign_up:complete")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "completeSignUp",
            summary = "Complete a sign-up",
            description =
                    "Makes the person and a merchant in `draft`, whose test mode works at once, and"
                            + " signs the person in as its owner. `token_not_usable` for a link that was"
                            + " used or is too old; `account_exists` if another link of the same address"
                            + " was used before.")
    SessionViews.SessionView complete(
            @Valid @RequestBody ChosenPassword chosen, HttpServletRequest request) {
        tries.count(Tries.Kind.ADDRESS, ClientAddress.subscriberOf(request));
        var joined = signUp.complete(chosen.token(), chosen.password());
        return views.of(start.of(request, joined.user()));
    }
}
