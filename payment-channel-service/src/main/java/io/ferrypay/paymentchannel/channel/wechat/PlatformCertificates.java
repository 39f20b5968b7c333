package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.certificate.CertificateProvider;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WeChat's platform certificates, fetched when first needed and kept fresh.
 *
 * <p>WeChat asks for a refresh at least every 12 hours; we refresh after 11, beside the caller. A
 * serial we do not know causes one download, and not more than one a minute, because anybody can
 * send us a serial nobody knows.
 */
final class PlatformCertificates implements CertificateProvider {

    static final Duration REFRESH_AFTER = Duration.ofHours(11);
    static final Duration PAUSE_AFTER_SUCCESS = Duration.ofMinutes(1);
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(PlatformCertificates.class);

    private final String account;
    private final Supplier<Collection<X509Certificate>> download;
    private final Clock clock;
    private final Duration patience;
    private final ReentrantLock downloading = new ReentrantLock();

    private volatile Map<BigInteger, X509Certificate> known = Map.of();
    private volatile Instant refreshedAt = Instant.MIN;
    private volatile Instant nextDownloadAt = Instant.MIN;
    private volatile @Nullable RuntimeException lastFailure;

    PlatformCertificates(
            String account,
            Supplier<Collection<X509Certificate>> download,
            Clock clock,
            Duration patience) {
        this.account = account;
        this.download = download;
        this.clock = clock;
        this.patience = patience;
    }

    /** The certificate with this serial, upper- or lower-case hex, or null when WeChat has none. */
    @Override
    public @Nullable X509Certificate getCertificate(String serialNumber) {
        var serial = parse(serialNumber);
        if (serial == null) {
            return null;
        }
        refreshWhenOld();
        var certificate = unexpired(serial);
        if (certificate == null) {
            refresh();
            certificate = unexpired(serial);
        }
        return certificate;
    }

    /**
     * The certificate that lives longest.
     *
     * @throws PlatformKeyUnavailable when there is none and none could be fetched
     */
    @Override
    public X509Certificate getAvailableCertificate() {
        refreshWhenOld();
        var newest = newest();
        if (newest == null) {
            refresh();
            newest = newest();
        }
        if (newest == null) {
            throw new PlatformKeyUnavailable(account, lastFailure);
        }
        return newest;
    }

    /** Those that were fetched, whether they are good still or not. */
    Collection<X509Certificate> known() {
        return known.values();
    }

    private @Nullable X509Certificate newest() {
        return known.values().stream()
                .filter(this::isUnexpired)
                .max(Comparator.comparing(PlatformCertificates::endOf))
                .orElse(null);
    }

    private @Nullable X509Certificate unexpired(BigInteger serial) {
        var certificate = known.get(serial);
        return certificate != null && isUnexpired(certificate) ? certificate : null;
    }

    private boolean isUnexpired(X509Certificate certificate) {
        return endOf(certificate).isAfter(clock.instant());
    }

    private static Instant endOf(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private void refreshWhenOld() {
        if (!known.isEmpty()
                && clock.instant().isAfter(refreshedAt.plus(REFRESH_AFTER))
                && !downloading.isLocked()
                && mayDownload()) {
            Thread.ofVirtual().name("wechat-certificates-" + account).start(this::refresh);
        }
    }

    private boolean mayDownload() {
        return !clock.instant().isBefore(nextDownloadAt);
    }

    /**
     * Downloads unless that was done a moment ago; callers that come meanwhile share the result.
     */
    private void refresh() {
        var seen = refreshedAt;
        try {
            if (!downloading.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (refreshedAt.equals(seen) && mayDownload()) {
                downloadNow();
            }
        } finally {
            downloading.unlock();
        }
    }

    private void downloadNow() {
        try {
            var bySerial = new HashMap<BigInteger, X509Certificate>();
            for (var certificate : download.get()) {
                bySerial.put(certificate.getSerialNumber(), certificate);
            }
            nextDownloadAt = clock.instant().plus(PAUSE_AFTER_SUCCESS);
            refreshedAt = clock.instant();
            known = Map.copyOf(bySerial);
            lastFailure = null;
            log.info("WeChat Pay account {}: {} platform certificates", account, bySerial.size());
        } catch (RuntimeException e) {
            nextDownloadAt = clock.instant().plus(PAUSE_AFTER_FAILURE);
            lastFailure = e;
            log.warn(
                    "WeChat Pay account {}: platform certificates could not be fetched ({})",
                    account,
                    e.getClass().getSimpleName());
        }
    }

    private static @Nullable BigInteger parse(String serialNumber) {
        if (!serialNumber.matches("[0-9A-Fa-f]{1,64}")) {
            return null;
        }
        return new BigInteger(serialNumber, 16);
    }
}
