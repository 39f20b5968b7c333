package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.identity.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The JD Pay accounts we hold and how patient we are with JD.
 *
 * <p>Credentials are never changed in place: new keys are a new account entry with a new id. The
 * last entry of a mode takes new orders; earlier ones keep serving the orders that were placed
 * through them.
 *
 * @param billTimeout how long a bill may take to arrive
 */
@ConfigurationProperties("ferry.channels.jdpay")
record JdpayProperties(
        @DefaultValue List<Account> accounts,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("15s") Duration readTimeout,
        @DefaultValue("5m") Duration billTimeout,
        @DefaultValue("64") int maxConcurrentCalls) {

    JdpayProperties {
        accounts = List.copyOf(accounts);
    }

    /**
     * One merchant number with one set of keys.
     *
     * @param desKeyFile Base64 of 24 bytes
     * @param privateKeyFile ours, PKCS#8
     * @param jdPublicKeyFile the key JD signs with
     * @param md5KeyFile proves who asks for a bill; without it there are no bills
     * @param baseUrl where all of JD is (the sandbox); JD's own four hosts when absent
     * @param orderNotFoundCodes by which JD says that it does not know an order. JD's list of codes
     *     is not public, so there is none by default, and such a failure then decides nothing
     * @param refundWindow how long after payment JD refunds; not public
     * @param refundsPerOrder how many refunds one order may have; not public
     * @param billKind {@code bankreturn} (by the day the money came) or {@code ordercreate}
     * @param billDayOffset how many days after its day a bill is named; importers disagree
     * @param billNotReadyCodes {@code Return-Code}s that mean "ask again later"; not public
     * @param settleCurrency sent when set; what it does is not public
     * @param kjInfo cross-border data, sent when set; its form is not public
     */
    record Account(
            String id,
            Mode mode,
            String merchant,
            Path desKeyFile,
            Path privateKeyFile,
            Path jdPublicKeyFile,
            @Nullable Path md5KeyFile,
            @Nullable URI baseUrl,
            URI notifyBaseUrl,
            @DefaultValue Set<String> orderNotFoundCodes,
            @DefaultValue("365d") Duration refundWindow,
            @DefaultValue("100") int refundsPerOrder,
            @DefaultValue("bankreturn") String billKind,
            @DefaultValue("1") int billDayOffset,
            @DefaultValue("0010") Set<String> billNotReadyCodes,
            @Nullable String settleCurrency,
            @Nullable String kjInfo) {

        private static final int OWNER_DIGITS = 9;

        Account {
            if (!merchant.matches("[0-9]{8,12}")) {
                throw new IllegalArgumentException(
                        "JD Pay account " + id + " needs a merchant number of 8 to 12 digits");
            }
            if (!billKind.equals("bankreturn") && !billKind.equals("ordercreate")) {
                throw new IllegalArgumentException(
                        "JD Pay account " + id + ": bill-kind is bankreturn or ordercreate");
            }
            if (notifyBaseUrl.getRawQuery() != null) {
                throw new IllegalArgumentException(
                        "JD Pay account " + id + ": JD takes no notification URL with a query");
            }
            orderNotFoundCodes = Set.copyOf(orderNotFoundCodes);
            billNotReadyCodes = Set.copyOf(billNotReadyCodes);
        }

        String desktopCashier() {
            return baseUrl == null
                    ? "https://wepay.jd.com/jdpay/saveOrder"
                    : under(baseUrl, "/jdpay/saveOrder");
        }

        String mobileCashier() {
            return baseUrl == null
                    ? "https://h5pay.jd.com/jdpay/saveOrder"
                    : under(baseUrl, "/h5/jdpay/saveOrder");
        }

        URI gateway() {
            return URI.create(
                    baseUrl == null
                            ? "https://paygate.jd.com/service"
                            : under(baseUrl, "/service"));
        }

        String billDownload() {
            return baseUrl == null
                    ? "https://bapi.jdpay.com/api/download.do"
                    : under(baseUrl, "/api/download.do");
        }

        /** In bills: the main merchant number that a twelve-digit one begins with. */
        String billOwner() {
            return merchant.length() > OWNER_DIGITS
                    ? merchant.substring(0, OWNER_DIGITS)
                    : merchant;
        }

        /** Where JD posts results. */
        String notifyUrl() {
            return under(notifyBaseUrl, "/channels/jdpay/notifications/" + id);
        }

        /** Where JD has the payer's browser post to, at the end. */
        String returnUrl() {
            return under(notifyBaseUrl, "/channels/jdpay/returns/" + id);
        }

        private static String under(URI base, String path) {
            var text = base.toString();
            return (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path;
        }
    }
}
