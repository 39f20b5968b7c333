package io.ferrypay.merchant.demo;

import io.ferrypay.identity.Mode;
import io.ferrypay.merchant.credential.CredentialKind;
import io.ferrypay.merchant.credential.MakeCredentials;
import io.ferrypay.merchant.credential.NewCredential;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.merchant.merchant.LatePaymentPolicy;
import io.ferrypay.merchant.merchant.MerchantDetails;
import io.ferrypay.merchant.merchant.Registrations;
import io.ferrypay.merchant.staticcode.CodeAmounts;
import io.ferrypay.merchant.staticcode.KeepStaticCodes;
import io.ferrypay.merchant.staticcode.NewStaticCode;
import io.ferrypay.merchant.store.KeepStores;
import io.ferrypay.merchant.store.NewStore;
import io.ferrypay.money.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * A shop in test mode, with a key written to the file {@code ferry.demo.api-key-file} at the first
 * start. Nothing of it exists where that property is not set, and the secret is made there and
 * then, never shipped.
 */
@Component
@ConditionalOnProperty("ferry.demo.api-key-file")
class DemoShop implements ApplicationRunner {

    private static final String ID = "mer_01JD0000000000000000DEM0SH";

    private final KeepMerchants merchants;
    private final MakeCredentials credentials;
    private final KeepStores stores;
    private final KeepStaticCodes codes;
    private final Path keyFile;

    DemoShop(
            KeepMerchants merchants,
            MakeCredentials credentials,
            KeepStores stores,
            KeepStaticCodes codes,
            @Value("${ferry.demo.api-key-file}") Path keyFile) {
        this.merchants = merchants;
        this.credentials = credentials;
        this.stores = stores;
        this.codes = codes;
        this.keyFile = keyFile;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        var shop = shop();
        var known = merchants.find(ID);
        if (known.isEmpty()) {
            merchants.takeOn(ID, shop);
        } else if (!known.get().details().equals(shop)) {
            merchants.change(
                    ID, shop); // Made by an earlier version, before there were so many methods.
        }
        credentials.adopt(
                ID,
                new NewCredential(Mode.TEST, CredentialKind.SECRET, "demo", List.of(), List.of()),
                secret());
        if (codes.list(ID, Mode.TEST, null, 1).isEmpty()) {
            printCode();
        }
    }

    /** On the counter, for any amount. */
    private void printCode() {
        var store =
                stores.open(
                        ID,
                        Mode.TEST,
                        new NewStore(
                                "Viaduct Harbour",
                                "1 Quay Street, Auckland",
                                ZoneId.of("Pacific/Auckland")));
        codes.make(
                ID,
                Mode.TEST,
                new NewStaticCode(
                        store.id(),
                        "Counter 1",
                        "NZD",
                        new CodeAmounts(
                                null,
                                Money.parse("0.10", "NZD"),
                                Money.parse("2000.00", "NZD"),
                                null)));
    }

    /** As the sandbox knows it. */
    private static MerchantDetails shop() {
        return new MerchantDetails(
                "Harbour Honey Co Limited",
                "Harbour Honey Co",
                "NZ",
                "NZD",
                List.of("wechat", "alipay", "jdpay", "onlinebank"),
                LatePaymentPolicy.ACCEPT,
                new Registrations(Map.of(), Registrations.SANDBOX));
    }

    private String secret() {
        try {
            if (!Files.exists(keyFile)) {
                var fresh =
                        Files.createTempFile(
                                keyFile.toAbsolutePath().getParent(),
                                "demo",
                                ".key",
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")));
                Files.writeString(
                        fresh, MakeCredentials.randomSecret(CredentialKind.SECRET, Mode.TEST));
                Files.move(fresh, keyFile, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(keyFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The demo shop's key can't be kept", e);
        }
    }
}
