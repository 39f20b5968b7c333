package io.ferrypay.paymentchannel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.persistence.Entity;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
    private static final String SERVICE = "io.ferrypay.paymentchannel";
    private static final String CHANNELS = SERVICE + ".channel.";

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

    /** Whatever lies below {@code channel}, today or later, is a channel: only its own know it. */
    @Test
    void nobody_knows_a_channel_but_itself() {
        noClasses()
                .should(dependOnAChannelOfAnother())
                .because("the core and other channels speak through the SPI alone")
                .check(CLASSES);
        assertThat(CLASSES.stream().map(ArchitectureTest::channelOf).filter(Objects::nonNull))
                .contains("wechat", "alipay", "jdpay", "payease");
    }

    /** What channels may know of ours: the SPI, the inbox of notifications, and no more. */
    @Test
    void a_channel_knows_only_the_spi_and_the_inbox() {
        classes()
                .that(describe("belong to a channel", type -> channelOf(type) != null))
                .should(knowOnlyTheSpi())
                .check(CLASSES);
    }

    private static @Nullable String channelOf(JavaClass type) {
        var name = type.getPackageName();
        if (!name.startsWith(CHANNELS)) {
            return null;
        }
        var channel = name.substring(CHANNELS.length()).replaceFirst("\\..*", "");
        return channel.equals("notification") ? null : channel;
    }

    private static ArchCondition<JavaClass> dependOnAChannelOfAnother() {
        return condition(
                "depend on a channel of another",
                dependency -> {
                    var target = channelOf(dependency.getTargetClass());
                    return target != null && !target.equals(channelOf(dependency.getOriginClass()));
                });
    }

    private static ArchCondition<JavaClass> knowOnlyTheSpi() {
        return not(
                condition(
                        "know more of the service than the SPI",
                        dependency -> {
                            var target = dependency.getTargetClass();
                            var name = target.getPackageName();
                            return name.startsWith(SERVICE)
                                    && channelOf(target) == null
                                    && !name.equals(SERVICE + ".channel")
                                    && !name.equals(SERVICE + ".channel.notification");
                        }));
    }

    private static ArchCondition<JavaClass> condition(
            String description, Predicate<Dependency> broken) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (var dependency : type.getDirectDependenciesFromSelf()) {
                    if (broken.test(dependency)) {
                        events.add(
                                SimpleConditionEvent.satisfied(
                                        dependency, dependency.getDescription()));
                    }
                }
            }
        };
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
