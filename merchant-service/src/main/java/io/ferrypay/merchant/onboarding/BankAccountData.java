package io.ferrypay.merchant.onboarding;

import static io.ferrypay.merchant.onboarding.SectionData.stripped;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.FieldProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the merchant's money goes. */
@Schema(name = "OnboardingBankAccount")
public record BankAccountData(
        @Size(max = 120) @Pattern(regexp = Forms.LINE, message = Forms.IS_LINE)
                @Nullable String holderName,
        @Pattern(
                        regexp = NzBankAccount.FORM,
                        message = "has bank, branch, account and suffix, as 01-0902-0068389-00")
                @Nullable String accountNumber)
        implements SectionData {

    public BankAccountData {
        holderName = stripped(holderName);
        accountNumber = stripped(accountNumber);
    }

    @Override
    public void check(LocalDate today) {
        if (accountNumber != null && !NzBankAccount.isValid(accountNumber)) {
            throw ApiException.invalid(
                    "/data/account_number",
                    "wrong_check_digit",
                    "is not a number that its bank gives");
        }
    }

    @Override
    public List<FieldProblem> missing() {
        return new Missing(Item.BANK_ACCOUNT)
                .unless(holderName, "/holder_name")
                .unless(accountNumber, "/account_number")
                .list();
    }

    @Override
    public String toString() {
        return "BankAccountData[…]";
    }
}
