package io.ferrypay.merchant.mail;

/** A message in plain text to one person. */
public record Mail(String to, String subject, String text) {

    public Mail {
        for (var header : new String[] {to, subject}) {
            if (header.isBlank() || header.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("A mail header is one line of text");
            }
        }
    }

    @Override
    public String toString() {
        return "Mail[…]"; // Holds an address, and often a link that opens something.
    }
}
