package io.ferrypay.merchant.onboarding;

/**
 * A New Zealand Business Number is a GS1 global location number that begins with 94. Its last digit
 * is GS1's check digit: the others count three times and once in turn, from the right.
 */
final class Nzbn {

    private Nzbn() {}

    static boolean isValid(String text) {
        if (!text.matches("94[0-9]{11}")) {
            return false;
        }
        var sum = 0;
        for (var i = 0; i < 12; i++) {
            sum += (text.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return (10 - sum % 10) % 10 == text.charAt(12) - '0';
    }
}
