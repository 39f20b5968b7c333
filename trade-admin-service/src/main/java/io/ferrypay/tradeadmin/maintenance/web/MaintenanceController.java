package io.ferrypay.tradeadmin.maintenance.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.maintenance.KeepMaintenance;
import io.ferrypay.tradeadmin.maintenance.Maintenance;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Times in which an account is not offered: read with {@code channels:read}. */
@RestController
@RequestMapping("/console/api/maintenance")
class MaintenanceController {

    private static final String READ = "channels:read";

    private final KeepMaintenance maintenance;

    MaintenanceController(KeepMaintenance maintenance) {
        this.maintenance = maintenance;
    }

    record ListView(String object, List<Maintenance> data) {}

    record Plan(
            @NotNull String account,
            @NotNull Instant startsAt,
            @NotNull Instant endsAt,
            @NotNull String reason) {}

    record End(@NotNull String reason) {}

    record Asked(String object, String approval) {}

    @GetMapping
    ListView list(StaffCaller caller) {
        caller.require(READ);
        return new ListView("list", maintenance.list());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Asked plan(StaffCaller caller, @Valid @RequestBody Plan wanted) {
        return new Asked(
                "approval_request",
                maintenance
                        .ask(
                                caller,
                                wanted.account(),
                                wanted.startsAt(),
                                wanted.endsAt(),
                                wanted.reason())
                        .id());
    }

    @PostMapping("/{id}:end")
    Maintenance end(StaffCaller caller, @PathVariable String id, @Valid @RequestBody End wanted) {
        return maintenance.end(caller, id, wanted.reason());
    }
}
