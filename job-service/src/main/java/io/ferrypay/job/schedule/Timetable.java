package io.ferrypay.job.schedule;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Brings the stored schedule in line with the configured one when an instance starts. What has not
 * changed is left alone, so a restart neither delays a job nor makes it run early.
 */
@Component
class Timetable implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(Timetable.class);
    private static final String GROUP = "ferry";

    private final Scheduler scheduler;
    private final List<ScheduledJob> jobs;

    Timetable(Scheduler scheduler, List<ScheduledJob> jobs) {
        this.scheduler = scheduler;
        this.jobs = jobs;
    }

    /** After all beans are made and before the scheduler starts. */
    @Override
    public void afterSingletonsInstantiated() {
        try {
            forgetOthers(jobs.stream().map(ScheduledJob::name).collect(Collectors.toSet()));
            for (var job : jobs) {
                schedule(job);
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("The timetable cannot be stored", e);
        }
    }

    private void schedule(ScheduledJob job) throws SchedulerException {
        var key = new TriggerKey(job.name(), GROUP);
        var stored = scheduler.getTrigger(key);
        if (stored instanceof SimpleTrigger trigger
                && trigger.getRepeatInterval() == job.every().toMillis()
                && trigger.getMisfireInstruction()
                        == SimpleTrigger.MISFIRE_INSTRUCTION_RESCHEDULE_NEXT_WITH_REMAINING_COUNT) {
            return;
        }
        var trigger =
                TriggerBuilder.newTrigger()
                        .withIdentity(key)
                        .forJob(job.name(), GROUP)
                        // Each run works off all there is, so runs that were missed while nothing
                        // was
                        // up are not made up for.
                        .withSchedule(
                                SimpleScheduleBuilder.simpleSchedule()
                                        .withIntervalInMilliseconds(job.every().toMillis())
                                        .repeatForever()
                                        .withMisfireHandlingInstructionNextWithRemainingCount())
                        .build();
        if (stored == null) {
            var detail =
                    JobBuilder.newJob(job.job())
                            .withIdentity(job.name(), GROUP)
                            .storeDurably()
                            .build();
            scheduler.addJob(detail, true);
            try {
                scheduler.scheduleJob(trigger);
                log.info("{} runs every {} from now on", job.name(), job.every());
            } catch (ObjectAlreadyExistsException e) {
                log.info("Another instance has just scheduled {}", job.name());
            }
        } else {
            scheduler.rescheduleJob(key, trigger);
            log.info("{} now runs every {}", job.name(), job.every());
        }
    }

    private void forgetOthers(Set<String> names) throws SchedulerException {
        for (JobKey key : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP))) {
            if (!names.contains(key.getName())) {
                scheduler.deleteJob(key);
                log.info("{} is no longer on the timetable", key.getName());
            }
        }
    }
}
