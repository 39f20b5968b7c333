package io.ferrypay.paymentchannel.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentStatusTest {

    /** Cell by cell; the columns are in the order of the enum. */
    @ParameterizedTest
    @CsvSource(
            useHeadersInDisplayName = true,
            textBlock =
                    """
                    from,         created, pending, processing, paid, failed, canceled, expired, under_review
                    created,      no,      yes,     yes,        yes,  yes,    yes,      yes,     yes
                    pending,      no,      no,      yes,        yes,  yes,    yes,      yes,     yes
                    processing,   no,      yes,     no,         yes,  yes,    yes,      yes,     yes
                    paid,         no,      no,      no,         no,   no,     no,       no,      no
                    failed,       no,      yes,     no,         yes,  no,     yes,      no,      yes
                    canceled,     no,      no,      no,         yes,  no,     no,       no,      yes
                    expired,      no,      no,      no,         yes,  no,     no,       no,      yes
                    under_review, no,      no,      no,         yes,  yes,    no,       no,      no
                    """)
    void a_payment_moves_only_where_the_table_says(
            String from,
            String created,
            String pending,
            String processing,
            String paid,
            String failed,
            String canceled,
            String expired,
            String underReview) {
        var cells =
                new String[] {
                    created, pending, processing, paid, failed, canceled, expired, underReview
                };

        var columns = PaymentStatus.values();
        assertThat(cells).hasSameSizeAs(columns);
        for (var column = 0; column < columns.length; column++) {
            assertThat(PaymentStatus.ofWireName(from).canBecome(columns[column]))
                    .as("%s → %s", from, columns[column])
                    .isEqualTo("yes".equals(cells[column]));
        }
    }
}
