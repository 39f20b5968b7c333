package io.ferrypay.tradeadmin.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ConditionCheckTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void the_examples_are_conditions_or_say_where_they_are_none() throws IOException {
        var examples = JSON.readTree(Files.readString(Path.of("../docs/api/risk-conditions.json")));

        assertThat(examples.path("accepted"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(ConditionCheck.faults(one)).as("%s", one).isEmpty());
        assertThat(examples.path("refused"))
                .isNotEmpty()
                .allSatisfy(one ->
                        assertThat(ConditionCheck.faults(one.path("condition")))
                                .as("%s", one)
                                .extracting(ConditionCheck.Fault::pointer)
                                .contains(one.path("at").asString()));
    }

    @Test
    void a_condition_is_bounded() {
        var all = JSON.createObjectNode();
        var parts = all.putArray("all");
        IntStream.range(0, ConditionCheck.MOST_PARTS - 1)
                .forEach(_ -> parts.add(JSON.readTree("{\"field\":\"store\",\"op\":\"is_set\"}")));
        assertThat(ConditionCheck.faults(all)).isEmpty();

        parts.add(JSON.readTree("{\"field\":\"store\",\"op\":\"is_set\"}"));
        assertThat(ConditionCheck.faults(all))
                .singleElement()
                .extracting(ConditionCheck.Fault::code)
                .isEqualTo("too_many");
    }
}
