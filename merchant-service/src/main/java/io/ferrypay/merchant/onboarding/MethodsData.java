package io.ferrypay.merchant.onboarding;

import static io.ferrypay.merchant.onboarding.SectionData.stripped;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.FieldProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How shoppers are to pay.
 *
 * @param expectedMonthly what the merchant thinks to take in a month, in its currency
 * @param expectedAverage and with one payment
 */
@Schema(name = "OnboardingMethods")
public record MethodsData(
        @Size(max = 4)
                @Nullable
                        List<
                                @NotNull
                                @Pattern(
                                        regexp = "wechat|alipay|jdpay|onlinebank",
                                        message = "is not a method")
                                String>
                        methods,
        @Pattern(regexp = Forms.AMOUNT, message = Forms.IS_AMOUNT) @Nullable String expectedMonthly,
        @Pattern(regexp = Forms.AMOUNT, message = Forms.IS_AMOUNT) @Nullable String expectedAverage)
        implements SectionData {

    public MethodsData {
        methods = methods == null ? List.of() : java.util.Collections.unmodifiableList(methods);
        expectedMonthly = stripped(expectedMonthly);
        expectedAverage = stripped(expectedAverage);
    }

    List<String> wanted() {
        return methods == null ? List.of() : methods;
    }

    @Override
    public void check(LocalDate today) {
        if (new HashSet<>(wanted()).size() < wanted().size()) {
            throw ApiException.invalid("/data/methods", "not_unique", "names a method twice");
        }
    }

    @Override
    public List<FieldProblem> missing() {
        return new Missing(Item.METHODS)
                .unless(!wanted().isEmpty(), "/methods", "names none")
                .unless(expectedMonthly, "/expected_monthly")
                .unless(expectedAverage, "/expected_average")
                .list();
    }

    @Override
    public String toString() {
        return "MethodsData[…]";
    }
}
