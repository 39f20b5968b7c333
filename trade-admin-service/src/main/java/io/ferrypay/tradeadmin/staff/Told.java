package io.ferrypay.tradeadmin.staff;

import java.util.List;

/** What the audit says of an account. */
record Told(String person, String employeeNumber, String status, List<String> roles) {

    static Told of(StaffAccount account) {
        return new Told(
                account.personId(),
                account.employeeNumber(),
                account.status(),
                account.roles().stream().map(StaffRole::text).sorted().toList());
    }
}
