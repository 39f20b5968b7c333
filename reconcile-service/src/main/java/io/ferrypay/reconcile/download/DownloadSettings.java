package io.ferrypay.reconcile.download;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When statements are asked for.
 *
 * @param url of payment-channel-service; a service name is found through the registry
 * @param days how many past days are looked after
 * @param readyAt when, on the day after, a channel should have its file, Beijing time
 * @param channels the same by channel, where it is another time
 * @param retry from one try to the next
 * @param deadline so long after its time a missing statement is an alarm
 * @param connect how long connecting to payment-channel-service may take
 * @param silence how long it may say nothing while it answers; its channel is asked meanwhile
 */
@ConfigurationProperties("ferry.reconcile.download")
record DownloadSettings(
        @DefaultValue("http://payment-channel-service") String url,
        @DefaultValue("3") int days,
        @DefaultValue("10:10") LocalTime readyAt,
        @DefaultValue Map<String, LocalTime> channels,
        @DefaultValue("10m") Duration retry,
        @DefaultValue("6h") Duration deadline,
        @DefaultValue("2s") Duration connect,
        @DefaultValue("5m") Duration silence) {

    LocalTime readyAt(String channel) {
        return channels.getOrDefault(channel, readyAt);
    }
}
