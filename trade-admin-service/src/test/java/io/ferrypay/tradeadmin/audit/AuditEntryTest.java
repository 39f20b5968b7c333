package io.ferrypay.tradeadmin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What was hashed once is hashed alike for ever. */
class AuditEntryTest {

    private static final AuditEntry ENTRY =
            new AuditEntry(
                    7,
                    Instant.ofEpochSecond(1_764_000_000, 123_456_000),
                    "evt_1",
                    "merchant-service",
                    new Who("per_1", "sta_1", "ses_1", "192.0.2.7"),
                    "onboarding.approved",
                    "onb_1",
                    "{\"status\":\"in_review\"}",
                    null,
                    "好");

    @Test
    void an_entrys_form_is_permanent() {
        assertThat(HexFormat.of().formatHex(ENTRY.hashAfter(new byte[32])))
                .isEqualTo("de99ef708ca6227d590427574ecddccb84fbba4733c2452843525cd1fe489db2");
    }
}
