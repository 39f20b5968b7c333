package io.ferrypay.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuessesTest {

    private final Guesses guesses = new Guesses();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1234",
                "P@ssw0rd1234",
                "qwertyuiop123",
                "123456789012",
                "aaaaaaaaaaaaaaaaaaaa",
                "abcabcabcabcabc",
                "ferrypayferrypay",
                "2026112820261128",
            })
    void what_everybody_tries_first_is_refused(String password) {
        assertThat(guesses.areFew(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "tussock and kowhai 9",
                "渡轮每天早上七点从码头出发",
                "xK4!vn29Qe#b",
            })
    void what_takes_long_to_guess_is_taken(String password) {
        assertThat(guesses.areFew(password)).isFalse();
    }

    @Test
    void a_persons_own_name_and_address_are_no_secret() {
        assertThat(guesses.areFew("kahurangi.mcallister")).isFalse();
        assertThat(guesses.areFew("kahurangi.mcallister", "kahurangi.mcallister@shop.example"))
                .isTrue();
    }

    @Test
    void a_long_one_is_not_looked_at_for_long() {
        var long128 = "abcdefgh1!".repeat(13).substring(0, 128);

        assertThat(guesses.areFew(long128)).isTrue();
    }
}
