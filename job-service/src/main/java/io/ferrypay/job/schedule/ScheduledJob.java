package io.ferrypay.job.schedule;

import java.time.Duration;
import org.quartz.Job;

/**
 * One line of the timetable; each is a bean.
 *
 * @param name permanent: the schedule's rows in the database are found by it
 * @param every from the start of one run to the start of the next
 */
public record ScheduledJob(String name, Class<? extends Job> job, Duration every) {

    public ScheduledJob {
        if (every.toMillis() < 100) {
            throw new IllegalArgumentException(name + " may run ten times a second at most");
        }
    }
}
