package io.ferrypay.reconcile.download;

import io.ferrypay.reconcile.compare.RecordLookup;
import io.ferrypay.reconcile.load.RecordSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * payment-channel-service, which has the channels' credentials and our own records. Bodies are
 * streams, since a day may be larger than memory; whoever gets one closes it.
 */
final class PaymentService implements RecordSource, RecordLookup {

    private static final int MOST_OF_A_PROBLEM = 8 * 1024;

    private final RestClient client;
    private final JsonMapper json;

    PaymentService(RestClient client, JsonMapper json) {
        this.client = client;
        this.json = json;
    }

    record Account(String id, String channel, boolean livemode) {}

    /** Those that have statements. */
    List<Account> accounts() throws IOException {
        try (var answer = get("/internal/channel-accounts")) {
            requireOk(answer);
            return json.readTree(answer.getBody())
                    .path("accounts")
                    .valueStream()
                    .map(account ->
                            new Account(
                                    account.path("id").asString(),
                                    account.path("channel").asString(),
                                    account.path("livemode").asBoolean()))
                    .toList();
        } catch (JacksonException e) {
            throw new IOException("the accounts cannot be read", e);
        }
    }

    /** Whatever it answers: a file, a status that says why not, or a problem. */
    ClientHttpResponse statement(String accountId, LocalDate day) throws IOException {
        return get("/internal/channel-accounts/{account}/statements/{day}", accountId, day);
    }

    @Override
    public InputStream open(String accountId, LocalDate day, Duration edge) throws IOException {
        return body(
                get(
                        "/internal/channel-accounts/{account}/records/{day}?edge_minutes={edge}",
                        accountId,
                        day,
                        edge.toMinutes()));
    }

    @Override
    public InputStream numbered(
            String accountId, List<String> orderNumbers, List<String> refundNumbers)
            throws IOException {
        try {
            return body(
                    client.post()
                            .uri("/internal/channel-accounts/{account}/records/lookup", accountId)
                            .contentType(MediaType.APPLICATION_JSON)
                            .body(
                                    Map.of(
                                            "order_numbers",
                                            orderNumbers,
                                            "refund_numbers",
                                            refundNumbers))
                            .exchangeForRequiredValue((_, answer) -> answer, false));
        } catch (RestClientException | IllegalStateException e) {
            // Load balancing reports "no instance" as an IllegalStateException.
            throw new IOException("payment-channel-service does not answer", e);
        }
    }

    /** The code of a problem; empty when it is none that can be read. */
    String problemCode(ClientHttpResponse answer) throws IOException {
        try {
            JsonNode problem = json.readTree(answer.getBody().readNBytes(MOST_OF_A_PROBLEM));
            return problem.path("code").asString("");
        } catch (JacksonException _) {
            return "";
        }
    }

    private ConvertibleClientHttpResponse get(String path, Object... variables) throws IOException {
        try {
            return client.get()
                    .uri(path, variables)
                    .exchangeForRequiredValue((_, answer) -> answer, false);
        } catch (RestClientException | IllegalStateException e) {
            throw new IOException("payment-channel-service does not answer", e);
        }
    }

    private static InputStream body(ClientHttpResponse answer) throws IOException {
        requireOk(answer);
        return answer.getBody();
    }

    private static void requireOk(ClientHttpResponse answer) throws IOException {
        if (answer.getStatusCode().value() != HttpStatus.OK.value()) {
            var status = answer.getStatusCode().value();
            answer.close();
            throw new IOException("payment-channel-service answered with " + status);
        }
    }
}
