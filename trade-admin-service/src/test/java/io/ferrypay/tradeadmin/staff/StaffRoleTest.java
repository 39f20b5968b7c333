package io.ferrypay.tradeadmin.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix, cell by cell; docs/api/console.md shows the same. */
class StaffRoleTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    # permission, administrator, reviewer, finance, support, auditor
                    staff:read, x, , , , x
                    staff:write, x, , , ,
                    staff:approve, x, , , ,
                    staff:break_glass, x, , x, ,
                    audit:read, x, , , , x
                    approvals:read, x, , , , x
                    onboarding:read, , x, , ,
                    onboarding:review, , x, , ,
                    merchants:read, , x, x, x, x
                    merchants:note, , x, x, x,
                    payments:read, , , x, x, x
                    refunds:approve, , , x, ,
                    ledger:read, , , x, , x
                    pricing:read, , , x, , x
                    pricing:write, , , x, ,
                    pricing:approve, , , x, ,
                    reconciliation:read, , , x, , x
                    reconciliation:write, , , x, ,
                    reconciliation:approve, , , x, ,
                    settlements:read, , , x, , x
                    settlements:hold, , , x, ,
                    settlements:approve, , , x, ,
                    withdrawals:read, , , x, , x
                    withdrawals:export, , , x, ,
                    withdrawals:approve, , , x, ,
                    withdrawals:approve_account, , , x, ,
                    channels:read, , , x, x, x
                    channels:write, , , x, ,
                    channels:approve, , , x, ,
                    risk:read, , x, , , x
                    risk:write, , x, , ,
                    risk:decide, , x, , ,
                    risk:approve, , x, , ,
                    """)
    void a_role_may_what_its_cell_says(
            String permission,
            String administrator,
            String reviewer,
            String finance,
            String support,
            String auditor) {
        var wanted = new HashMap<StaffRole, String>();
        wanted.put(StaffRole.ADMINISTRATOR, administrator);
        wanted.put(StaffRole.REVIEWER, reviewer);
        wanted.put(StaffRole.FINANCE, finance);
        wanted.put(StaffRole.SUPPORT, support);
        wanted.put(StaffRole.AUDITOR, auditor);
        assertThat(wanted).containsOnlyKeys(StaffRole.values());
        wanted.forEach((role, cell) ->
                assertThat(role.may(Permission.find(permission).orElseThrow()))
                        .as("%s %s", role, permission)
                        .isEqualTo("x".equals(cell)));
    }

    @Test
    void every_permission_has_its_line() {
        assertThat(
                        Arrays.stream(Permission.values())
                                .map(Permission::text)
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "staff:read",
                        "staff:write",
                        "staff:approve",
                        "staff:break_glass",
                        "audit:read",
                        "approvals:read",
                        "onboarding:read",
                        "onboarding:review",
                        "merchants:read",
                        "merchants:note",
                        "payments:read",
                        "refunds:approve",
                        "ledger:read",
                        "pricing:read",
                        "pricing:write",
                        "pricing:approve",
                        "reconciliation:read",
                        "reconciliation:write",
                        "reconciliation:approve",
                        "settlements:read",
                        "settlements:hold",
                        "settlements:approve",
                        "withdrawals:read",
                        "withdrawals:export",
                        "withdrawals:approve",
                        "withdrawals:approve_account",
                        "channels:read",
                        "channels:write",
                        "channels:approve",
                        "risk:read",
                        "risk:write",
                        "risk:decide",
                        "risk:approve");
    }
}
