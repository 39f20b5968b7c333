package io.ferrypay.sandbox.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Moves the sandbox's clock, says how long calls took, and empties the sandbox. */
@RestController
@RequestMapping("/control")
class ControlController {

    private static final long MAX_OFFSET_SECONDS = Duration.ofDays(3660).toSeconds();
    private static final int MAX_COMPRESSION = 100_000;

    private final SandboxClock clock;
    private final CompanyTimes times;
    private final List<Resettable> resettables;

    ControlController(SandboxClock clock, CompanyTimes times, List<Resettable> resettables) {
        this.clock = clock;
        this.times = times;
        this.resettables = resettables;
    }

    @GetMapping("/clock")
    ClockView clock() {
        return new ClockView(
                clock.instant(),
                clock.offset().toSeconds(),
                clock.wireSkew().toSeconds(),
                clock.compression());
    }

    /** What is left out stays as it is. */
    @PostMapping("/clock")
    ClockView move(@RequestBody ClockMove move) {
        long offset = Objects.requireNonNullElse(move.offsetSeconds(), clock.offset().toSeconds());
        long skew =
                Objects.requireNonNullElse(move.wireSkewSeconds(), clock.wireSkew().toSeconds());
        int compression = Objects.requireNonNullElse(move.compression(), clock.compression());
        if (Math.abs(offset) > MAX_OFFSET_SECONDS || Math.abs(skew) > MAX_OFFSET_SECONDS) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "The clock moves by ten years at most.");
        }
        if (compression < 1 || compression > MAX_COMPRESSION) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "compression is 1 to " + MAX_COMPRESSION + ".");
        }
        clock.set(Duration.ofSeconds(offset), Duration.ofSeconds(skew), compression);
        return clock();
    }

    /** How long the companies took for each of their last calls after that number. */
    @GetMapping("/times")
    CompanyTimes.Calls times(@RequestParam(defaultValue = "0") long after)
            throws InterruptedException {
        return times.after(after);
    }

    /** Forgets every order, fault and pending notification, and shows true time again. */
    @PostMapping("/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset() {
        resettables.forEach(Resettable::reset);
        clock.showTrueTime();
    }

    /** Any of the three may be missing. */
    record ClockMove(
            @Nullable Long offsetSeconds,
            @Nullable Long wireSkewSeconds,
            @Nullable Integer compression) {}

    record ClockView(Instant now, long offsetSeconds, long wireSkewSeconds, int compression) {}
}
