package io.ferrypay.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

@AnalyzeClasses(packages = "io.ferrypay.job", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule no_job_runs_beside_itself =
            classes()
                    .that()
                    .implement(Job.class)
                    .should()
                    .beAnnotatedWith(DisallowConcurrentExecution.class);

    @ArchTest
    static final ArchRule jobs_are_not_published =
            classes().that().implement(Job.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule the_timetable_knows_no_job_by_name =
            noClasses()
                    .that()
                    .resideInAPackage("..schedule..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..payment..", "..books..");

    @ArchTest
    static final ArchRule only_what_is_injected_knows_the_time =
            noClasses()
                    .should()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");

    @Test
    void the_modules_keep_their_borders() {
        var modules = ApplicationModules.of(JobService.class);

        modules.verify();

        new Documenter(modules).writeModulesAsPlantUml();
    }
}
