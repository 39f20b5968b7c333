package io.ferrypay.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the bearer token of a request. A request without a good one goes on as a stranger; what
 * strangers may do is decided by the paths.
 */
final class IdentityFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(IdentityFilter.class);
    private static final String BEARER = "Bearer ";

    private final TokenVerifier tokens;

    IdentityFilter(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader("Authorization");
        if (header != null && header.startsWith(BEARER)) {
            try {
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(
                        new Caller(tokens.verify(header.substring(BEARER.length())).caller()));
                SecurityContextHolder.setContext(context);
            } catch (InvalidToken refused) {
                log.info("Refused a token: {}", refused.getMessage());
            }
        }
        chain.doFilter(request, response);
    }

    /** What Spring Security holds of a caller: who it is and that it is. */
    static final class Caller extends AbstractAuthenticationToken {

        static final String MERCHANT = "MERCHANT";
        static final String DEVICE = "DEVICE";
        static final String STAFF = "STAFF";
        static final String SERVICE = "SERVICE";

        private final transient Object who;

        Caller(Object who) {
            super(AuthorityUtils.createAuthorityList(authority(who)));
            this.who = who;
            super.setAuthenticated(true);
        }

        private static String authority(Object who) {
            return switch (who) {
                case MerchantCaller _ -> MERCHANT;
                case DeviceCaller _ -> DEVICE;
                case StaffCaller _ -> STAFF;
                default -> SERVICE;
            };
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return who;
        }
    }
}
