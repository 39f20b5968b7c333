package io.ferrypay.identity;

import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's own rules for what may stand in a header, without its regular expressions: each
 * header of each request is held against them each time it is read.
 */
final class HeaderRules {

    private HeaderRules() {}

    static StrictHttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(HeaderRules::isName);
        firewall.setAllowedHeaderValues(HeaderRules::isValue);
        return firewall;
    }

    private static boolean isName(String text) {
        return text.codePoints().allMatch(HeaderRules::isAllowed);
    }

    private static boolean isValue(String text) {
        for (var i = 0; i < text.length(); i++) {
            var unit = text.charAt(i);
            if (unit > '~') {
                return text.codePoints().allMatch(point -> point == '\t' || isAllowed(point));
            }
            if (unit < ' ' && unit != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(int point) {
        return Character.isDefined(point) && !Character.isISOControl(point);
    }
}
