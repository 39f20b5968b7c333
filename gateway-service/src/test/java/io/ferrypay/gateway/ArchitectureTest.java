package io.ferrypay.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

@AnalyzeClasses(
        packagesOf = GatewayService.class,
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule filters_and_components_of_access_are_not_published =
            classes()
                    .that()
                    .resideInAPackage("..access..")
                    .and()
                    .areTopLevelClasses()
                    .should()
                    .notBePublic();

    @ArchTest
    static final ArchRule doors_know_nothing_of_the_web =
            noClasses()
                    .that()
                    .resideInAPackage("..door..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..", "reactor..");

    @ArchTest
    static final ArchRule no_thread_of_the_event_loop_is_blocked =
            noClasses()
                    .should()
                    .callMethodWhere(
                            describe(
                                    "it blocks on a Mono or Flux",
                                    call ->
                                            call.getTarget().getName().startsWith("block")
                                                    && isReactor(call.getTargetOwner())));

    @Test
    void modules_depend_on_each_other_in_one_direction() {
        var modules = ApplicationModules.of(GatewayService.class);

        modules.verify();
        new Documenter(modules).writeModulesAsPlantUml();
    }

    private static boolean isReactor(JavaClass owner) {
        return owner.getPackageName().startsWith("reactor.core");
    }
}
