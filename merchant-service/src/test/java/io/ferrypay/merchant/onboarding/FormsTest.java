package io.ferrypay.merchant.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ferrypay.problem.ApiException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

    /** GS1's own example of a GLN, and numbers made by its rule. */
    @ParameterizedTest
    @CsvSource({
        "9429041535110, true",
        "9429000000000, true",
        "9429041535111, false",
        "9429041535101, false",
        "9429014535110, false",
        "5412345000013, false",
        "942904153511, false",
        "94290415351100, false"
    })
    void an_nzbn_begins_with_94_and_has_its_check_digit(String number, boolean valid) {
        assertThat(Nzbn.isValid(number)).isEqualTo(valid);
    }

    /** The first three are Inland Revenue's examples, one for each kind of rule. */
    @ParameterizedTest
    @CsvSource({
        "01-0902-0068389-00, true",
        "08-6523-1954512-001, true",
        "26-2600-0320871-032, true",
        "01-0902-0068380-00, false",
        "01-0903-0068389-00, false",
        "08-6523-1954513-001, false",
        "26-2600-0320871-033, false",
        "01-0902-00068389-0000, true",
        "99-0902-0068380-00, true",
        "01-9999-0068380-00, true"
    })
    void a_bank_account_has_the_check_digits_of_its_bank_where_they_are_known(
            String number, boolean valid) {
        assertThat(NzBankAccount.isValid(number)).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x0a, 0x7f, 0x85, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b,
                0x180e, 0x200b, 0x200d, 0x2028, 0x2029, 0x202e, 0x2060, 0x2800, 0x3164, 0xe000,
                0xfe0f, 0xfeff, 0xffa0, 0xffff, 0x378, 0xd800, 0xe0041, 0xe0100, 0xf0000
            })
    void a_line_has_nothing_that_nobody_sees(int point) {
        var hidden = Character.toString(point);

        assertThat("Vla" + hidden + "dimir").doesNotMatch(Forms.LINE);
        assertThat("Vladimir " + hidden).doesNotMatch(Forms.LINE);
        assertThat(hidden).doesNotMatch(Forms.LINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mere Tāne-O’Neill (2nd) & Co. 50%",
                "王 小明\u3000商店",
                "山田 ﾀﾛｳ",
                "Владимир Путин Limited",
                "Γιώργος Papas",
                "e\u0301a",
                "محمد بن سلمان",
                "राम",
                "김철수",
                "\ud842\udfb7野家"
            })
    void a_line_may_be_of_any_script(String line) {
        assertThat(line).matches(Forms.LINE);
    }

    /** Letters that look alike. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vl\u0430dimir Putin",
                "Putin Vladimi\u0433",
                "\u0412ladimir",
                "\u039fmega Limited",
                "Владимиp",
                "x, Vl\u0430dimir"
            })
    void a_word_of_a_line_is_in_one_script(String line) {
        assertThat(line).doesNotMatch(Forms.LINE);
    }

    @Test
    void shares_are_at_most_a_whole() {
        assertThat(refusal(person("60.00"), person("40.00"))).isEqualTo("taken");
        assertThat(refusal(person("60.00"), person("40.01"))).isEqualTo("invalid_request");
        assertThat(refusal(person("100.5"))).isEqualTo("invalid_request");
    }

    @Test
    void a_birth_date_is_a_day_in_the_calendar_and_not_to_come() {
        assertThat(born("1980-02-29")).isEqualTo("taken");
        assertThat(born("1981-02-29")).isEqualTo("invalid_request");
        assertThat(born("1850-01-01")).isEqualTo("invalid_request");
        assertThat(born("2026-11-28")).isEqualTo("taken");
        assertThat(born("2026-11-29")).isEqualTo("invalid_request");
    }

    @Test
    void nothing_of_a_person_or_an_account_is_printed() {
        var people =
                new PeopleData(
                        List.of(new PeopleData.Person("Mere Tane", "1980-02-29", "NZ", true, null)),
                        true);
        var account = new BankAccountData("Mere Tane", "01-0902-0068389-00");
        var section = new Section(Item.PEOPLE, people, 1, java.time.Instant.EPOCH);

        assertThat(people + " " + people.listed() + account + section + Subject.class)
                .doesNotContain("Tane", "1980", "0068389");
    }

    private static String born(String date) {
        return refusal(new PeopleData.Person(null, date, null, null, null));
    }

    private static PeopleData.Person person(@Nullable String share) {
        return new PeopleData.Person(null, null, null, null, share);
    }

    private static String refusal(PeopleData.Person... people) {
        var refused =
                catchThrowableOfType(
                        ApiException.class,
                        () -> new PeopleData(List.of(people), null).check(TODAY));
        return refused == null ? "taken" : refused.code().code();
    }
}
