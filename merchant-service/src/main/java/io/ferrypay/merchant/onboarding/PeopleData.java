package io.ferrypay.merchant.onboarding;

import static io.ferrypay.merchant.onboarding.SectionData.stripped;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.FieldProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Directors, and everyone who owns a quarter or more.
 *
 * @param allListed that nobody is left out
 */
@Schema(name = "OnboardingPeople")
public record PeopleData(
        @Size(max = 20) @Nullable List<@NotNull @Valid Person> people, @Nullable Boolean allListed)
        implements SectionData {

    private static final BigDecimal WHOLE = new BigDecimal(100);
    private static final int EARLIEST_BIRTH = 1900;

    public PeopleData {
        // A null in it is for the validation to find, which List.copyOf would not let it.
        people = people == null ? List.of() : java.util.Collections.unmodifiableList(people);
    }

    /**
     * @param birthDate ISO 8601
     * @param sharePercent what the person owns, as a decimal; null or 0 for nothing
     */
    @Schema(name = "OnboardingPerson")
    public record Person(
            @Size(max = 120) @Pattern(regexp = Forms.LINE, message = Forms.IS_LINE)
                    @Nullable String name,
            @Pattern(regexp = "[0-9]{4}-[0-9]{2}-[0-9]{2}", message = "is a date as 1980-02-29")
                    @Nullable String birthDate,
            @Pattern(regexp = Forms.COUNTRY, message = Forms.IS_COUNTRY)
                    @Nullable String nationality,
            @Nullable Boolean director,
            @Pattern(
                            regexp = "(100|[0-9]{1,2})(\\.[0-9]{1,2})?",
                            message = "is a decimal from 0 to 100")
                    @Nullable String sharePercent) {

        public Person {
            name = stripped(name);
            birthDate = stripped(birthDate);
            nationality = stripped(nationality);
            sharePercent = stripped(sharePercent);
        }

        private BigDecimal share() {
            return sharePercent == null ? BigDecimal.ZERO : new BigDecimal(sharePercent);
        }

        private boolean isDirector() {
            return Boolean.TRUE.equals(director);
        }

        @Override
        public String toString() {
            return "Person[…]";
        }
    }

    @Override
    public void check(LocalDate today) {
        var sum = BigDecimal.ZERO;
        var all = listed();
        for (var i = 0; i < all.size(); i++) {
            var person = all.get(i);
            var at = "/data/people/" + i;
            if (person.birthDate() != null && !isBirthDate(person.birthDate(), today)) {
                throw ApiException.invalid(
                        at + "/birth_date", "not_a_birth_date", "is not a day somebody was born");
            }
            sum = sum.add(person.share());
            if (person.share().compareTo(WHOLE) > 0) {
                throw ApiException.invalid(at + "/share_percent", "too_large", "is at most 100");
            }
        }
        if (sum.compareTo(WHOLE) > 0) {
            throw ApiException.invalid(
                    "/data/people", "shares_over_100", "have more than 100 % together");
        }
    }

    List<Person> listed() {
        return people == null ? List.of() : people;
    }

    private static boolean isBirthDate(String text, LocalDate today) {
        try {
            var date = LocalDate.parse(text);
            return date.getYear() >= EARLIEST_BIRTH && !date.isAfter(today);
        } catch (DateTimeException _) {
            return false;
        }
    }

    @Override
    public List<FieldProblem> missing() {
        var missing = new Missing(Item.PEOPLE);
        var all = listed();
        missing.unless(!all.isEmpty(), "/people", "names nobody");
        for (var i = 0; i < all.size(); i++) {
            var person = all.get(i);
            var at = "/people/" + i;
            missing.unless(person.name(), at + "/name")
                    .unless(person.birthDate(), at + "/birth_date")
                    .unless(person.nationality(), at + "/nationality")
                    .unless(
                            person.isDirector() || person.share().signum() > 0,
                            at + "/director",
                            "is neither director nor owner");
        }
        return missing.unless(
                        Boolean.TRUE.equals(allListed), "/all_listed", "has not been confirmed")
                .list();
    }

    @Override
    public String toString() {
        return "PeopleData[…]";
    }
}
