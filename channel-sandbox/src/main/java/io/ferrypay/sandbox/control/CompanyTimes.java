package io.ferrypay.sandbox.control;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How long the pretended companies took for the calls made to them, so that whoever measures a
 * platform can tell its time from theirs. Real companies say no such thing, so it is only told
 * beside the wire.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CompanyTimes extends OncePerRequestFilter implements Resettable {

    private static final int MOST_KEPT = 10_000;
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final ArrayDeque<Call> calls = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allEnded = lock.newCondition();
    private int underWay;
    private long last;

    /**
     * One call.
     *
     * @param number grows with each call that ends
     * @param micros from its arrival until it was answered
     */
    record Call(long number, String path, long micros) {}

    /**
     * @param last the newest number there is
     */
    record Calls(long last, List<Call> calls) {}

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.startsWith("/control/") || path.startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        arrived();
        var begun = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            ended(request.getRequestURI(), (System.nanoTime() - begun) / 1_000);
        }
    }

    private void arrived() {
        lock.lock();
        try {
            underWay++;
        } finally {
            lock.unlock();
        }
    }

    private void ended(String path, long micros) {
        lock.lock();
        try {
            last++;
            calls.addLast(new Call(last, path, micros));
            if (calls.size() > MOST_KEPT) {
                calls.removeFirst();
            }
            underWay--;
            if (underWay == 0) {
                allEnded.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Those after that number, oldest first, as far as they are still known. An answer may reach
     * its reader a moment before its call has ended here, so this waits a little for calls under
     * way.
     */
    Calls after(long number) throws InterruptedException {
        lock.lock();
        try {
            var left = PATIENCE.toNanos();
            while (underWay > 0 && left > 0) {
                left = allEnded.awaitNanos(left);
            }
            return new Calls(last, calls.stream().filter(call -> call.number() > number).toList());
        } finally {
            lock.unlock();
        }
    }

    /** Numbers go on, for whoever is counting. */
    @Override
    public void reset() {
        lock.lock();
        try {
            calls.clear();
        } finally {
            lock.unlock();
        }
    }
}
