package io.ferrypay.merchant.signin;

import io.ferrypay.identity.Mode;
import io.ferrypay.merchant.portal.PortalCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is signed in. A request without a good session goes on as a stranger. Role and
 * membership are read each time, so taking them away works at once.
 */
final class PortalSessionFilter extends OncePerRequestFilter {

    /** Which of the merchant's two worlds the request is about; test if it does not say. */
    static final String MODE = "Ferry-Mode";

    /** Whom the page shows: another tab may have changed the session to another merchant. */
    static final String MERCHANT = "Ferry-Merchant";

    private final Sessions sessions;
    private final ProblemWriter problems;

    PortalSessionFilter(Sessions sessions, ProblemWriter problems) {
        this.sessions = sessions;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var mode = request.getHeader(MODE);
        if (mode != null && !mode.equals("test") && !mode.equals("live")) {
            problems.write(
                    request,
                    response,
                    ApiException.invalid(MODE, "not_allowed", "is test or live"));
            return;
        }
        var good = sessions.current(request).orElse(null);
        if (good != null) {
            var shown = request.getHeader(MERCHANT);
            if (shown != null && !shown.equals(good.session().merchantId())) {
                problems.write(
                        request, response, ApiException.of(PortalProblems.MERCHANT_SWITCHED));
                return;
            }
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(
                    new SignedInPerson(caller(good, mode == null ? "test" : mode)));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    private static PortalCaller caller(Sessions.Good good, String mode) {
        var session = good.session();
        return new PortalCaller(
                session.userId(),
                session.merchantId(),
                good.role(),
                Mode.of(mode),
                session.id(),
                session.steppedUpAt(),
                good.barred());
    }

    private static final class SignedInPerson extends AbstractAuthenticationToken {

        private final transient PortalCaller caller;

        SignedInPerson(PortalCaller caller) {
            super(AuthorityUtils.NO_AUTHORITIES);
            this.caller = caller;
            super.setAuthenticated(true);
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return caller;
        }
    }
}
