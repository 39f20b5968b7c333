package io.ferrypay.merchant.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The permission table, cell by cell. A new permission or role is not covered until it stands here.
 */
class RoleTest {

    private static final String TABLE =
            """
                            owner admin finance cashier developer read_only
            payments:read     x     x      x       x        x         x
            payments:write    x     x      x       x        x         -
            refunds:read      x     x      x       x        x         x
            refunds:write     x     x      x       -        -         -
            refunds:approve   x     x      x       -        -         -
            refund_limits:write x   x      -       -        -         -
            webhooks:read     x     x      -       -        x         -
            webhooks:write    x     x      -       -        x         -
            messages:read     x     x      x       -        x         x
            messages:write    x     x      -       -        x         -
            static_codes:read x     x      x       x        x         x
            static_codes:write x    x      -       -        x         -
            devices:read      x     x      x       x        x         x
            devices:write     x     x      -       -        x         -
            exports:read      x     x      x       -        -         x
            exports:write     x     x      x       -        -         -
            balances:read     x     x      x       -        x         x
            withdrawals:read  x     x      x       -        -         x
            withdrawals:write x     x      x       -        -         -
            keys:read         x     x      -       -        x         x
            keys:write        x     x      -       -        x         -
            merchant:read     x     x      x       x        x         x
            onboarding:read   x     x      x       x        x         x
            onboarding:write  x     x      -       -        -         -
            team:read         x     x      x       -        -         x
            team:write        x     x      -       -        -         -
            """;

    static List<Arguments> cells() {
        var lines = TABLE.strip().split("\n", -1);
        var roles = lines[0].strip().split(" +", -1);
        var cells = new ArrayList<Arguments>();
        for (var line : Arrays.copyOfRange(lines, 1, lines.length)) {
            var row = line.strip().split(" +", -1);
            for (var i = 0; i < roles.length; i++) {
                cells.add(Arguments.of(roles[i], row[0], row[i + 1].equals("x")));
            }
        }
        return cells;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_role_may_do_what_the_table_says(String role, String permission, boolean may) {
        var wanted =
                Arrays.stream(Permission.values())
                        .filter(one -> one.text().equals(permission))
                        .findFirst()
                        .orElseThrow();

        assertThat(Role.of(role).may(wanted)).isEqualTo(may);
    }

    @Test
    void the_table_is_complete() {
        assertThat(cells()).hasSize(Role.values().length * Permission.values().length);
    }
}
