package io.ferrypay.paymentchannel.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.problem.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayerFormTest {

    @Test
    void a_name_and_a_number_with_its_check_digit_are_taken() {
        var identity = new PayerForm(" 李明 ", "11010519491231002x").check();

        assertThat(identity.name()).isEqualTo("李明");
        assertThat(identity.idNumber()).isEqualTo("11010519491231002X");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, 11010519491231002X",
                "' ', 11010519491231002X",
                "<b>, 11010519491231002X",
                "李明, -",
                "李明, 110105194912310021",
                "李明, 1101051949123100",
                "李明, 1101051949123100ZZ",
                "一二三四五六七八九十一二三四五六七八九十一, 11010519491231002X"
            })
    void anything_else_is_refused_without_repeating_it(String name, String idNumber) {
        assertThatThrownBy(() -> new PayerForm(name, idNumber).check())
                .isInstanceOf(ApiException.class)
                .message()
                .doesNotContain("110105");
    }

    @Test
    void it_prints_nothing_of_the_payer() {
        var form = new PayerForm("李明", "11010519491231002X");

        assertThat(form.toString() + form.check()).doesNotContain("李明").doesNotContain("110105");
    }
}
