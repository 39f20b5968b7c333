package io.ferrypay.merchant.onboarding;

import static io.ferrypay.merchant.onboarding.SectionData.stripped;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.FieldProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the merchant is.
 *
 * @param tradingName becomes what shoppers see
 * @param nzbn New Zealand Business Number
 * @param companyNumber in the companies' register
 * @param description what it sells
 */
@Schema(name = "OnboardingBusiness")
public record BusinessData(
        @Pattern(
                        regexp = "company|sole_trader|partnership|trust|other",
                        message = "is not a type of business")
                @Nullable String type,
        @Size(max = 120) @Pattern(regexp = Forms.LINE, message = Forms.IS_LINE)
                @Nullable String legalName,
        @Size(max = 60) @Pattern(regexp = Forms.LINE, message = Forms.IS_LINE)
                @Nullable String tradingName,
        @Pattern(regexp = "[0-9]{13}", message = "has 13 digits") @Nullable String nzbn,
        @Pattern(regexp = "[0-9A-Z-]{1,20}", message = "has 1 to 20 digits and capitals")
                @Nullable String companyNumber,
        @Size(max = 500) @Nullable String description,
        @Pattern(regexp = "\\+?[0-9 ()-]{5,25}", message = "is not a telephone number")
                @Nullable String phone,
        @Valid @Nullable Address address)
        implements SectionData {

    public BusinessData {
        type = stripped(type);
        legalName = stripped(legalName);
        tradingName = stripped(tradingName);
        nzbn = stripped(nzbn);
        companyNumber = stripped(companyNumber);
        description = stripped(description);
        phone = stripped(phone);
    }

    /** Where letters reach it. */
    @Schema(name = "OnboardingAddress")
    public record Address(
            @Size(max = 120) @Pattern(regexp = Forms.LINE, message = Forms.IS_LINE)
                    @Nullable String line1,
            @Size(max = 120) @Pattern(regexp = Forms.LINE, message = Forms.IS_LINE)
                    @Nullable String line2,
            @Size(max = 80) @Pattern(regexp = Forms.LINE, message = Forms.IS_LINE)
                    @Nullable String city,
            @Pattern(regexp = "[0-9A-Za-z -]{2,10}", message = "is not a postcode")
                    @Nullable String postcode,
            @Pattern(regexp = Forms.COUNTRY, message = Forms.IS_COUNTRY) @Nullable String country) {

        public Address {
            line1 = stripped(line1);
            line2 = stripped(line2);
            city = stripped(city);
            postcode = stripped(postcode);
            country = stripped(country);
        }

        @Override
        public String toString() {
            return "Address[…]";
        }
    }

    @Override
    public void check(LocalDate today) {
        if (nzbn != null && !Nzbn.isValid(nzbn)) {
            throw ApiException.invalid(
                    "/data/nzbn", "wrong_check_digit", "is not a number of the NZBN register");
        }
    }

    @Override
    public List<FieldProblem> missing() {
        var where = address == null ? new Address(null, null, null, null, null) : address;
        var inNewZealand = "NZ".equals(where.country());
        var isCompany = "company".equals(type);
        return new Missing(Item.BUSINESS)
                .unless(type, "/type")
                .unless(legalName, "/legal_name")
                .unless(tradingName, "/trading_name")
                .unless(nzbn != null || !isCompany || !inNewZealand, "/nzbn", "is missing")
                .unless(companyNumber != null || !isCompany, "/company_number", "is missing")
                .unless(description, "/description")
                .unless(phone, "/phone")
                .unless(where.line1(), "/address/line1")
                .unless(where.city(), "/address/city")
                .unless(where.postcode(), "/address/postcode")
                .unless(where.country(), "/address/country")
                .list();
    }

    @Override
    public String toString() {
        return "BusinessData[…]";
    }
}
