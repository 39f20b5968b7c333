package io.ferrypay.paymentchannel.channel.payease;

import org.jspecify.annotations.Nullable;

/** The nineteen online banks behind Payease, by our codes, and what Payease calls them. */
enum PayeaseBank {
    CMB(3),
    CCB(4),
    ICBC(9),
    PAB(14),
    CMBC(28),
    CIB(33),
    ABC(43),
    GDB(44),
    BOB(50),
    PSBC(59),
    HXB(60),
    BOCOM(67),
    SPDB(69),
    CEB(74),
    BRCB(75),
    CBHB(83),
    CITIC(84),
    BOC(85),
    BOS(121);

    private final int pmode;

    PayeaseBank(int pmode) {
        this.pmode = pmode;
    }

    /** {@code v_pmode}; not the gateway's internal number of the bank. */
    String pmode() {
        return String.valueOf(pmode);
    }

    static @Nullable PayeaseBank ofCode(@Nullable String code) {
        for (var bank : values()) {
            if (bank.name().equals(code)) {
                return bank;
            }
        }
        return null;
    }
}
