package io.ferrypay.tradeadmin.staff.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.staff.BreakGlass;
import io.ferrypay.tradeadmin.staff.KeepStaff;
import io.ferrypay.tradeadmin.staff.Permission;
import io.ferrypay.tradeadmin.staff.StaffAccount;
import io.ferrypay.tradeadmin.staff.StaffRole;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** People and their roles. Giving rights is asked for here and approved in the inbox. */
@RestController
class StaffController {

    private static final String ROOT = "/console/api/staff";
    private static final String ONE = ROOT + "/{id:sta_[0-9A-HJKMNP-TV-Z]{26}}";

    private final KeepStaff staff;
    private final BreakGlass breakGlass;
    private final String publicUrl;

    StaffController(
            KeepStaff staff,
            BreakGlass breakGlass,
            @Value("${ferry.public-url}") String publicUrl) {
        this.staff = staff;
        this.breakGlass = breakGlass;
        this.publicUrl = publicUrl;
    }

    record AccountView(
            String object,
            String id,
            String person,
            String employeeNumber,
            String name,
            String email,
            String status,
            List<String> roles,
            Instant createdAt) {

        static AccountView of(StaffAccount account) {
            return new AccountView(
                    "staff_account",
                    account.id(),
                    account.personId(),
                    account.employeeNumber(),
                    account.name(),
                    account.email(),
                    account.status(),
                    account.roles().stream().map(StaffRole::text).sorted().toList(),
                    account.createdAt());
        }

        @Override
        public String toString() {
            return "AccountView[" + id + "]";
        }
    }

    record ListView(String object, List<AccountView> data) {}

    record RoleView(String role, List<String> permissions) {}

    record Matrix(List<String> permissions, List<RoleView> roles) {}

    record NewColleague(
            @NotNull
                    @Pattern(
                            regexp = AccountController.EMPLOYEE_NUMBER,
                            message = "has 1 to 32 digits, capital letters and hyphens")
                    String employeeNumber,
            @NotBlank @Size(max = 100) String name,
            @NotNull
                    @Size(max = 254)
                    @Pattern(regexp = AccountController.EMAIL, message = "is not a mail address")
                    String email,
            @NotEmpty @Size(max = 10) List<@NotNull String> roles,
            @NotBlank @Size(max = 1000) String reason) {

        @Override
        public String toString() {
            return "NewColleague[…]";
        }
    }

    record WantedRoles(
            @NotNull @Size(max = 10) List<@NotNull String> roles,
            @NotBlank @Size(max = 1000) String reason) {}

    record Reason(@NotBlank @Size(max = 1000) String reason) {}

    record Emergency(
            @NotNull @Size(min = 10, max = 1000) String reason,
            @NotNull @Min(1) @Max(60) Integer minutes) {}

    record Asked(String approval, String status) {

        static Asked of(Approval approval) {
            return new Asked(approval.id(), approval.status().text());
        }
    }

    record Link(String url) {

        @Override
        public String toString() {
            return "Link[…]";
        }
    }

    record Open(Instant until) {}

    @GetMapping(ROOT)
    ListView list(StaffCaller caller) {
        return new ListView("list", staff.all(caller).stream().map(AccountView::of).toList());
    }

    /** Who may do what, for everybody who works here. */
    @GetMapping("/console/api/staff_roles")
    Matrix matrix(StaffCaller caller) {
        return new Matrix(
                Arrays.stream(Permission.values()).map(Permission::text).toList(),
                Arrays.stream(StaffRole.values())
                        .map(role ->
                                new RoleView(
                                        role.text(),
                                        role.permissions().stream()
                                                .map(Permission::text)
                                                .sorted()
                                                .toList()))
                        .toList());
    }

    @PostMapping(ROOT)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Asked ask(StaffCaller caller, @Valid @RequestBody NewColleague wanted) {
        return Asked.of(
                staff.askForColleague(
                        caller,
                        wanted.employeeNumber(),
                        wanted.name(),
                        wanted.email(),
                        roles(wanted.roles()),
                        wanted.reason()));
    }

    @PostMapping(ONE + ":change_roles")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Asked askForRoles(
            StaffCaller caller, @PathVariable String id, @Valid @RequestBody WantedRoles wanted) {
        return Asked.of(staff.askForRoles(caller, id, roles(wanted.roles()), wanted.reason()));
    }

    private static Set<StaffRole> roles(List<String> names) {
        return names.stream()
                .map(name ->
                        StaffRole.find(name)
                                .orElseThrow(() ->
                                        ApiException.invalid(
                                                "/roles", "not_allowed", "has one we don't know")))
                .collect(Collectors.toSet());
    }

    @PostMapping(ONE + ":link")
    Link link(StaffCaller caller, @PathVariable String id) {
        return new Link(publicUrl + "/console/join#token=" + staff.link(caller, id));
    }

    @PostMapping(ONE + ":disable")
    AccountView disable(
            StaffCaller caller, @PathVariable String id, @Valid @RequestBody Reason reason) {
        return AccountView.of(staff.disable(caller, id, reason.reason()));
    }

    @PostMapping(ONE + ":end_break_glass")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endOf(StaffCaller caller, @PathVariable String id) {
        breakGlass.end(caller, id);
    }

    @PostMapping("/console/api/break_glass")
    Open begin(StaffCaller caller, @Valid @RequestBody Emergency emergency) {
        return new Open(
                breakGlass.begin(
                        caller, Duration.ofMinutes(emergency.minutes()), emergency.reason()));
    }

    @PostMapping("/console/api/break_glass:end")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(StaffCaller caller) {
        breakGlass.end(caller);
    }
}
