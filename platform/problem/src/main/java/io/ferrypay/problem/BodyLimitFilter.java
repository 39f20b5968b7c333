package io.ferrypay.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses a body that says it is too long, and cuts off one that says nothing and goes on. */
final class BodyLimitFilter extends OncePerRequestFilter {

    private final long limit;
    private final Map<String, Long> larger;
    private final ProblemWriter problems;

    /**
     * @param limit in bytes
     * @param larger the limits of the few paths that take more by POST, each written out in full
     */
    BodyLimitFilter(long limit, Map<String, Long> larger, ProblemWriter problems) {
        this.limit = limit;
        this.larger = Map.copyOf(larger);
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var most = mostOf(request);
        var announced = request.getContentLengthLong();
        if (announced > most) {
            problems.write(request, response, tooLarge(most));
        } else if (announced >= 0 || request.getHeader("Transfer-Encoding") == null) {
            chain.doFilter(request, response);
        } else {
            chain.doFilter(new CountedRequest(request, most), response);
        }
    }

    private long mostOf(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                ? larger.getOrDefault(request.getRequestURI(), limit)
                : limit;
    }

    private static ApiException tooLarge(long most) {
        return ApiException.of(
                CommonProblems.PAYLOAD_TOO_LARGE, "The body may have at most " + most + " bytes.");
    }

    private static final class CountedRequest extends HttpServletRequestWrapper {

        private final long most;

        private CountedRequest(HttpServletRequest request, long most) {
            super(request);
            this.most = most;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new CountedStream(super.getInputStream(), most);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class CountedStream extends ServletInputStream {

        private final ServletInputStream inner;
        private final long most;
        private long seen;

        private CountedStream(ServletInputStream inner, long most) {
            this.inner = inner;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            var next = inner.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var count = inner.read(target, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int more) {
            seen += more;
            if (seen > most) {
                throw tooLarge(most);
            }
        }

        @Override
        public boolean isFinished() {
            return inner.isFinished();
        }

        @Override
        public boolean isReady() {
            return inner.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            inner.setReadListener(listener);
        }
    }
}
