package io.ferrypay.reconcile;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

@AnalyzeClasses(
        packages = "io.ferrypay.reconcile",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule no_amount_is_stored_in_floating_point =
            noFields()
                    .should()
                    .haveRawType(double.class)
                    .orShould()
                    .haveRawType(float.class)
                    .orShould()
                    .haveRawType(Double.class);

    @Test
    void capabilities_depend_on_each_other_without_circles() {
        var modules = ApplicationModules.of(ReconcileService.class);

        modules.verify();

        new Documenter(modules).writeModulesAsPlantUml();
    }
}
