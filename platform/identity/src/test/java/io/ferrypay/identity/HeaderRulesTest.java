package io.ferrypay.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

class HeaderRulesTest {

    private final HttpFirewall springs = new StrictHttpFirewall();
    private final HttpFirewall ours = HeaderRules.firewall();

    @Test
    void a_header_is_judged_as_spring_judges_it() {
        var different = new ArrayList<String>();
        for (var point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 89) {
            var text = "a" + Character.toString(point) + "b";
            if (accepts(ours, "X-Any", text) != accepts(springs, "X-Any", text)) {
                different.add("value " + Integer.toHexString(point));
            }
            if (point < 0x3000 && accepts(ours, text, "any") != accepts(springs, text, "any")) {
                different.add("name " + Integer.toHexString(point));
            }
        }
        assertThat(different).isEmpty();
        assertThat(accepts(ours, "X-Any", "")).isEqualTo(accepts(springs, "X-Any", ""));
    }

    private static boolean accepts(HttpFirewall firewall, String name, String value) {
        var request = new MockHttpServletRequest("GET", "/v2/payments");
        request.addHeader(name, value);
        try {
            var firewalled = firewall.getFirewalledRequest(request);
            firewalled.getHeaderNames().asIterator().forEachRemaining(firewalled::getHeader);
            return true;
        } catch (RequestRejectedException _) {
            return false;
        }
    }
}
