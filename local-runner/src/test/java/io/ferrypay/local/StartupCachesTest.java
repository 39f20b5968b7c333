package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.local.StartupCaches.Choice;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StartupCachesTest {

    @Test
    void all_caches_are_made_when_nothing_is_said() {
        for (var silence : new String[] {null, "", " "}) {
            assertThat(Stream.of(Part.values())).allMatch(Choice.of(silence)::includes);
            assertThat(Choice.of(silence).demanded()).isFalse();
        }
    }

    @Test
    void none_are_made_when_they_are_off() {
        assertThat(Stream.of(Part.values())).noneMatch(Choice.of("off")::includes);
    }

    @Test
    void those_that_are_named_are_made_and_must_be() {
        var some = Choice.of(" registry-service , job-service");

        assertThat(Stream.of(Part.values()).filter(some::includes))
                .containsExactlyInAnyOrder(Part.REGISTRY, Part.JOB);
        assertThat(some.demanded()).isTrue();
    }
}
