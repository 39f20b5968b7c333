package io.ferrypay.tradeadmin.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementCsvTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r\nx"})
    void text_never_becomes_a_formula(String text) {
        assertThat(StatementCsv.text(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pay_01", "", "a=b"})
    void other_text_stays_as_it_is(String text) {
        assertThat(StatementCsv.text(text)).isEqualTo(text);
    }
}
