package io.ferrypay.tradeadmin.staff.web;

import io.ferrypay.identity.ServiceCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.staff.EnterConsole;
import io.ferrypay.tradeadmin.staff.Permission;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tells the gateway, and nobody else, whose session it has been shown. */
@RestController
class ExchangeController {

    private static final String GATEWAY = "gateway-service";

    private final EnterConsole console;

    ExchangeController(EnterConsole console) {
        this.console = console;
    }

    record Shown(@NotNull @Size(max = 200) String session) {

        @Override
        public String toString() {
            return "Shown[…]";
        }
    }

    record Exchanged(
            String account,
            String person,
            String name,
            List<String> permissions,
            String sessionId,
            Instant steppedUpAt) {}

    @PostMapping("/internal/staff-sessions:exchange")
    Exchanged exchange(ServiceCaller caller, @Valid @RequestBody Shown shown) {
        if (!caller.name().equals(GATEWAY)) {
            throw ApiException.of(CommonProblems.FORBIDDEN_SCOPE);
        }
        var current =
                console.exchange(shown.session())
                        .orElseThrow(() -> ApiException.of(CommonProblems.UNAUTHENTICATED));
        var account = current.account();
        return new Exchanged(
                account.id(),
                account.personId(),
                account.name(),
                current.permissions().stream().map(Permission::text).sorted().toList(),
                current.sessionId(),
                current.steppedUpAt());
    }
}
