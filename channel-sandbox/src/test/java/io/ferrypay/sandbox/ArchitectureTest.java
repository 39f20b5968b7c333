package io.ferrypay.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(
        packages = "io.ferrypay.sandbox",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> FLOATING = Set.of("double", "float", "java.lang.Double");

    private static final DescribedPredicate<JavaClass> A_FLOATING_POINT_TYPE =
            DescribedPredicate.describe(
                    "a floating-point type", type -> FLOATING.contains(type.getName()));

    private static final DescribedPredicate<List<JavaClass>> WITH_ONE =
            DescribedPredicate.describe(
                    "a floating-point parameter",
                    types -> types.stream().anyMatch(A_FLOATING_POINT_TYPE));

    @ArchTest
    static final ArchRule controllers_are_not_published =
            classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule no_amount_is_stored_in_floating_point =
            noFields().should().haveRawType(A_FLOATING_POINT_TYPE);

    @ArchTest
    static final ArchRule no_amount_is_handed_over_in_floating_point =
            noCodeUnits()
                    .should()
                    .haveRawReturnType(A_FLOATING_POINT_TYPE)
                    .orShould()
                    .haveRawParameterTypes(WITH_ONE);

    @ArchTest
    static final ArchRule the_outside_world_knows_nothing_of_the_platform =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            DescribedPredicate.describe(
                                    "belong to the platform",
                                    type ->
                                            type.getName().startsWith("io.ferrypay.")
                                                    && !type.getName()
                                                            .startsWith("io.ferrypay.sandbox")));

    @ArchTest
    static final ArchRule parts_of_an_acquirer_do_not_go_in_circles =
            slices().matching("io.ferrypay.sandbox.wechat.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule parts_of_jd_pay_do_not_go_in_circles =
            slices().matching("io.ferrypay.sandbox.jdpay.(*)..").should().beFreeOfCycles();

    @Test
    void the_modules_keep_their_borders() {
        var modules = ApplicationModules.of(ChannelSandbox.class);

        modules.verify();

        new Documenter(modules).writeModulesAsPlantUml();
    }
}
