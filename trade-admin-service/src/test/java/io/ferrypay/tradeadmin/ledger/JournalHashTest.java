package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was hashed once is hashed alike for ever. */
class JournalHashTest {

    @Test
    void a_journals_form_is_permanent() {
        var content =
                new JournalHash.Content(
                        "test",
                        1,
                        "evt_1",
                        "payment",
                        "pay_1",
                        null,
                        Instant.ofEpochSecond(1_764_000_000, 123_456_000),
                        Instant.ofEpochSecond(1_764_000_001),
                        List.of(
                                new JournalHash.Line("channel-receivable/wechat", "NZD", 12_000),
                                new JournalHash.Line("merchant-payable/mer_1", "NZD", -12_000)));

        assertThat(HexFormat.of().formatHex(JournalHash.of(new byte[32], content)))
                .isEqualTo("b71b247473c176dcfcd6a4c04de8dadf1c28da416a1be8bee2f72be9d82a234d");
    }
}
