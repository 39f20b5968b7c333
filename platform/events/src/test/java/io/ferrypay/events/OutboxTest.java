package io.ferrypay.events;

import static io.ferrypay.events.EventTables.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

class OutboxTest {
    private final EventTables tables = new EventTables();
    private final Outbox outbox = new Outbox(tables.jdbc);
    private final OutboxReader reader = new OutboxReader(tables.jdbc, outbox.signal());

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void an_event_without_a_transaction_is_refused() {
        assertThatThrownBy(() -> outbox.append(event("evt_1")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tables.jdbc.queryForObject("select count(*) from outbox", Long.class)).isZero();
    }

    @Test
    void a_transaction_that_rolls_back_publishes_nothing_and_wakes_nobody() {
        var commits = outbox.signal().commits();

        tables.transactions.executeWithoutResult(transaction -> {
            outbox.append(event("evt_1"));
            transaction.setRollbackOnly();
        });

        assertThat(tables.jdbc.queryForObject("select count(*) from outbox", Long.class)).isZero();
        assertThat(outbox.signal().commits()).isEqualTo(commits);
    }

    @Test
    void a_transaction_with_many_events_wakes_readers_once_and_keeps_their_order()
            throws Exception {
        var commits = outbox.signal().commits();

        tables.transactions.executeWithoutResult(_ -> {
            outbox.append(event("evt_3"));
            outbox.append(List.of(event("evt_1"), event("evt_2")));
        });

        assertThat(outbox.signal().commits()).isEqualTo(commits + 1);
        assertThat(reader.read(Cursor.START, 10, Set.of(), Duration.ZERO).rows())
                .extracting(OutboxReader.Row::id)
                .containsExactly("evt_3", "evt_1", "evt_2");
    }

    @Test
    void an_event_is_published_once() {
        tables.transactions.executeWithoutResult(_ -> outbox.append(event("evt_1")));

        assertThatThrownBy(() ->
                        tables.transactions.executeWithoutResult(
                                _ -> outbox.append(event("evt_1"))))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("an_event_is_published_once");
    }

    @Test
    void a_set_based_writer_can_publish_with_one_statement() throws Exception {
        tables.jdbc.execute("create table payment (id text, status text, version bigint)");
        tables.jdbc.execute("insert into payment values ('pay_1','pending',1), ('pay_2','paid',4)");

        tables.transactions.executeWithoutResult(_ -> {
            outbox.wakeReadersAfterCommit();
            tables.jdbc.update(
                    """
                    with expired as (
                        update payment set status = 'expired', version = version + 1
                         where status = 'pending' returning *
                    )
                    insert into outbox (id, type, subject, version, time, data)
                    select 'evt_' || id, 'payment.expired', id, version, now(),
                           json_build_object('status', status)::text
                      from expired
                    """);
        });

        var row = reader.read(Cursor.START, 10, Set.of(), Duration.ZERO).rows().getFirst();
        assertThat(row.subject()).isEqualTo("pay_1");
        assertThat(row.version()).isEqualTo(2);
        assertThat(CloudEvents.data(row.data()).get("status").asString()).isEqualTo("expired");
    }

    @Test
    void the_trace_of_an_event_is_its_id_in_hexadecimal() {
        assertThat(Event.traceOf("evt_01JD0000000000000000000001"))
                .hasValue("01934000000000000000000000000001");
        assertThat(Event.traceOf("evt_1")).isEmpty();
        assertThat(Event.traceOf("pay_01JD0000000000000000000001")).isEmpty();
    }
}
