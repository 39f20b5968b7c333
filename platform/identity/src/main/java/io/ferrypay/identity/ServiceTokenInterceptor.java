package io.ferrypay.identity;

import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Adds this service's token for the service that is called. */
public final class ServiceTokenInterceptor implements ClientHttpRequestInterceptor {

    private final InternalTokens tokens;
    private final String audience;

    public ServiceTokenInterceptor(InternalTokens tokens, String audience) {
        this.tokens = tokens;
        this.audience = audience;
    }

    @Override
    public ClientHttpResponse intercept(
            HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        request.getHeaders().setBearerAuth(tokens.forService(audience));
        return execution.execute(request, body);
    }
}
