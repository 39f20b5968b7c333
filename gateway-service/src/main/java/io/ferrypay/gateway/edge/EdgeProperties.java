package io.ferrypay.gateway.edge;

import io.ferrypay.gateway.door.Door;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param trustedProxies CIDR blocks of our own proxies, whose forwarding headers are believed
 * @param bodyLimit the largest request body
 * @param uploadLimit the largest file that is uploaded
 * @param formTargets where our pages may post a form to: the channels that want one (jdpay.md §2,
 *     payease.md §2)
 * @param bodyTimeout how long a request body may take to arrive
 */
@ConfigurationProperties("ferry.gateway")
public record EdgeProperties(
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("64KB") DataSize bodyLimit,
        @DefaultValue("10MB") DataSize uploadLimit,
        @DefaultValue("10s") Duration bodyTimeout,
        @DefaultValue({"https://pay.yizhifubj.com", "https://wepay.jd.com", "https://h5pay.jd.com"})
                List<String> formTargets,
        @DefaultValue Timeouts timeouts) {

    /**
     * @param answer until an ordinary answer begins
     * @param longPoll until an answer begins that the service may hold back for 25 s
     * @param stream the longest life of a stream of events
     * @param upload until an uploaded file has arrived
     */
    public record Timeouts(
            @DefaultValue("10s") Duration answer,
            @DefaultValue("35s") Duration longPoll,
            @DefaultValue("10m") Duration stream,
            @DefaultValue("2m") Duration upload) {}

    /** The largest request body at this door, in bytes. */
    public long bodyLimit(Door door) {
        return (door.patience() == Door.Patience.UPLOAD ? uploadLimit : bodyLimit).toBytes();
    }
}
