package io.ferrypay.merchant.signin;

import io.ferrypay.signin.Tries;
import java.time.Duration;

/** What of merchants and their shops must not be guessed, besides what every sign-in counts. */
public final class MerchantTries {

    /** Mails that strangers make us send to one address. */
    static final Tries.Kind MAIL = new Tries.Kind("MAIL", 5);

    /** Pairing codes typed at one address. */
    public static final Tries.Kind PAIRING = new Tries.Kind("PAIRING", 20);

    /** Wrong pairing codes of the whole platform: few are right, and addresses are cheap. */
    public static final Tries.Kind PAIRING_ANYWHERE =
            new Tries.Kind("PAIRING_ANYWHERE", 200, Duration.ofMinutes(1));

    /** PINs of one cashier. */
    public static final Tries.Kind CASHIER_PIN = new Tries.Kind("CASHIER_PIN", 5);

    /** PINs of whoever stands at one device. */
    public static final Tries.Kind DEVICE_PIN = new Tries.Kind("DEVICE_PIN", 15);

    private MerchantTries() {}
}
