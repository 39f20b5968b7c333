package io.ferrypay.paymentchannel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

class ArchitectureTest {

    private static final ApplicationModules MODULES =
            ApplicationModules.of(PaymentChannelService.class);
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ferrypay.paymentchannel");

    @Test
    void arrows_between_capabilities_point_one_way() {
        MODULES.verify();
        new Documenter(MODULES).writeModulesAsPlantUml();
    }

    @Test
    void controllers_are_not_published() {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .notBePublic()
                .check(CLASSES);
    }

    @Test
    void entities_have_verbs_and_no_setters_and_stay_inside() {
        classes().that().areAnnotatedWith(Entity.class).should().notBePublic().check(CLASSES);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Entity.class)
                .should()
                .haveNameMatching("set[A-Z].*")
                .check(CLASSES);
    }

    @Test
    void no_amount_is_held_in_floating_point() {
        noFields().should().haveRawType(double.class).check(CLASSES);
        noFields().should().haveRawType(float.class).check(CLASSES);
        noFields().should().haveRawType(Double.class).check(CLASSES);
        noFields().should().haveRawType(Float.class).check(CLASSES);
    }

    @Test
    void the_core_does_not_know_its_channels() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..channel.wechat..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..channel.wechat..")
                .check(CLASSES);
    }

    @Test
    void the_core_does_not_know_jd_pay() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..channel.jdpay..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..channel.jdpay..")
                .check(CLASSES);
    }

    @Test
    void no_transaction_is_open_while_a_channel_is_asked() {
        for (var talker :
                new String[] {
                    "AskChannel",
                    "EndPayment",
                    "StartAttempt",
                    "CancelPayment",
                    "CreateRefund",
                    "SubmitSoon",
                    "AskForRefund",
                    "AdvanceRefunds"
                }) {
            noMethods()
                    .that()
                    .areDeclaredInClassesThat()
                    .haveSimpleName(talker)
                    .should()
                    .beAnnotatedWith(Transactional.class)
                    .check(CLASSES);
            noClasses()
                    .that()
                    .haveSimpleName(talker)
                    .should()
                    .beAnnotatedWith(Transactional.class)
                    .check(CLASSES);
        }
    }

    @Test
    void time_comes_from_a_clock_that_tests_can_set() {
        noClasses().should().callMethod(java.time.Instant.class, "now").check(CLASSES);
    }
}
