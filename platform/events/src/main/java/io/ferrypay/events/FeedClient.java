package io.ferrypay.events;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;

/** Reads another service's {@code /internal/events} over HTTP. */
public final class FeedClient implements EventFeed {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    // What an answer may take beyond the wait we asked for.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

    private final RestClient client;
    private final String types;

    private FeedClient(RestClient client, Collection<String> types) {
        this.client = client;
        this.types = String.join(",", types);
    }

    /**
     * As {@link #of(RestClient.Builder, String, Duration, Set, List)}, for all types and the
     * longest wait.
     */
    public static FeedClient of(
            RestClient.Builder builder,
            String baseUrl,
            ClientHttpRequestInterceptor... interceptors) {
        return of(builder, baseUrl, LONGEST_WAIT, Set.of(), List.of(interceptors));
    }

    /**
     * A client of the feed at {@code baseUrl}.
     *
     * @param builder with load balancing where {@code baseUrl} names a service; it is copied, and
     *     its request factory replaced by one whose timeouts suit a long poll
     * @param baseUrl for example {@code http://payment-channel-service}
     * @param longestWait the longest wait this client will be asked for
     * @param types only events of these types; all if empty
     * @param interceptors what adds the caller's identity to each request
     */
    public static FeedClient of(
            RestClient.Builder builder,
            String baseUrl,
            Duration longestWait,
            Set<String> types,
            List<ClientHttpRequestInterceptor> interceptors) {
        var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        var requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(longestWait.plus(ANSWER_TIMEOUT));
        var client =
                builder.clone()
                        .requestFactory(requests)
                        .requestInterceptors(all -> all.addAll(interceptors))
                        .baseUrl(baseUrl)
                        .build();
        return new FeedClient(client, types);
    }

    @Override
    public FeedPage read(String cursor, int limit, Duration wait) {
        try {
            var body =
                    client.get()
                            .uri(uri -> {
                                uri.path("/internal/events")
                                        .queryParam("after", cursor)
                                        .queryParam("limit", limit)
                                        .queryParam("wait", wait.toSeconds());
                                if (!types.isEmpty()) {
                                    uri.queryParam("types", types);
                                }
                                return uri.build();
                            })
                            .accept(MediaType.APPLICATION_JSON)
                            .retrieve()
                            .body(byte[].class);
            return CloudEvents.read(body == null ? new byte[0] : body);
        } catch (HttpClientErrorException.Conflict | HttpClientErrorException.Gone e) {
            throw refusedOr(e);
        } catch (RestClientException | IllegalStateException e) {
            // Load balancing reports "no instance" as an IllegalStateException.
            throw new FeedUnavailable("The feed does not answer", e);
        }
    }

    private static RuntimeException refusedOr(HttpClientErrorException answer) {
        try {
            var code = CloudEvents.data(answer.getResponseBodyAsString()).path("code").asString("");
            if (CursorRefused.isReason(code)) {
                return new CursorRefused(code, answer);
            }
        } catch (JacksonException _) {
            // Not the feed's own words, but somebody's in between.
        }
        return new FeedUnavailable("The feed does not answer", answer);
    }
}
