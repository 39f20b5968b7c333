package io.ferrypay.gateway.edge;

import com.github.f4b6a3.ulid.Ulid;
import io.ferrypay.gateway.door.Address;
import io.ferrypay.gateway.limit.Allowance;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** One request on its way through the gateway: what was found out about it so far. */
public final class Visit {

    private static final String ATTRIBUTE = Visit.class.getName();
    private static final String PREFIX = "req_";

    private final String requestId;
    private final Origin origin;
    private final @Nullable Address address;
    private final boolean read;
    private final String method;
    private final long startedNanos = System.nanoTime();
    private volatile @Nullable Allowance allowance;
    private volatile @Nullable String keyId;
    private volatile @Nullable String merchantId;
    private volatile @Nullable String styleNonce;

    Visit(Origin origin, @Nullable Address address, boolean read, String method) {
        this.requestId = PREFIX + Ulid.fast();
        this.origin = origin;
        this.address = address;
        this.read = read;
        this.method = method;
    }

    /** Null on the management port, where nobody is a visitor. */
    public static @Nullable Visit find(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    public static Visit of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    public String requestId() {
        return requestId;
    }

    /**
     * Where the trace of this request begins, as W3C Trace Context writes it: its id is the request
     * id in hexadecimal. Which traces are kept the services decide by that id.
     */
    public String traceParent() {
        var trace = Ulid.from(requestId.substring(PREFIX.length()));
        var digits = HexFormat.of();
        return "00-"
                + digits.toHexDigits(trace.getMostSignificantBits())
                + digits.toHexDigits(trace.getLeastSignificantBits())
                + "-"
                // Never zero, which would mean nobody.
                + digits.toHexDigits(trace.getLeastSignificantBits() | 1)
                + "-01";
    }

    public Origin origin() {
        return origin;
    }

    /** Known for everything that got past the edge. */
    public Address address() {
        return Objects.requireNonNull(address);
    }

    public String method() {
        return method;
    }

    /** GET or HEAD: asks, and changes nothing. */
    public boolean isRead() {
        return read;
    }

    public boolean leadsNowhere() {
        return address == null;
    }

    /** For logs and metrics: never the path, which may hold a nonce. */
    String doorName() {
        return address == null ? "none" : address.door().name();
    }

    long elapsedNanos() {
        return System.nanoTime() - startedNanos;
    }

    /** The limit that counted this request; every answer tells it. */
    public void counted(Allowance counted) {
        this.allowance = counted;
    }

    /** The key that was shown has been accepted. */
    public void identified(String acceptedKeyId) {
        this.keyId = acceptedKeyId;
    }

    /** The merchant's key, session or device that was shown has been accepted. */
    public void identified(String acceptedKeyId, String merchant) {
        this.merchantId = merchant;
        identified(acceptedKeyId);
    }

    /** Whether {@link #keyId} is known. */
    public boolean isIdentified() {
        return keyId != null;
    }

    /** Known for everything that got past a door that asks for a key. */
    public String keyId() {
        return Objects.requireNonNull(keyId);
    }

    /** Known for everything that got past a door that asks for a merchant's key. */
    public String merchantId() {
        return Objects.requireNonNull(merchantId);
    }

    /** The page that answers carries this word, and only styles that show it may be added to it. */
    public void allowStyles(String nonce) {
        this.styleNonce = nonce;
    }

    @Nullable String styleNonce() {
        return styleNonce;
    }

    @Nullable Allowance allowance() {
        return allowance;
    }
}
