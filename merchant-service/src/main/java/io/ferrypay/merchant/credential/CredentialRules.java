package io.ferrypay.merchant.credential;

import io.ferrypay.problem.ApiException;
import java.util.ArrayList;
import java.util.List;

/** What scopes and address ranges there are, and how a wrong one is refused. */
public final class CredentialRules {

    private CredentialRules() {}

    /** In a fixed order and each once; 400 names the first that is not a scope. */
    public static List<String> scopes(List<String> wanted) {
        for (var i = 0; i < wanted.size(); i++) {
            if (Scope.of(wanted.get(i)).isEmpty()) {
                throw ApiException.invalid(
                        "/scopes/" + i, "unknown", "is not one of " + String.join(", ", Scope.ALL));
            }
        }
        return Scope.ALL.stream().filter(wanted::contains).toList();
    }

    /** As CIDR ranges in their usual spelling; 400 names the first that is none. */
    public static List<String> addressRanges(List<String> wanted) {
        var ranges = new ArrayList<String>();
        for (var i = 0; i < wanted.size(); i++) {
            var place = "/ip_allow_list/" + i;
            ranges.add(
                    AddressRange.normalize(wanted.get(i))
                            .orElseThrow(() ->
                                    ApiException.invalid(
                                            place,
                                            "wrong_format",
                                            "is not an IP address or range such as 203.0.113.0/24")));
        }
        return ranges;
    }

    public static ApiException scopeNotHeld(String scope) {
        return ApiException.of(
                CredentialProblems.SCOPE_NOT_HELD, "The key you use does not have " + scope + ".");
    }
}
