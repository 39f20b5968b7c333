package io.ferrypay.sandbox.payease;

import org.jspecify.annotations.Nullable;

/** The banks on Payease's list, with colours of our own invention. */
enum Bank {
    CMB("3", "招商银行", "China Merchants Bank", "#b3202c"),
    CCB("4", "建设银行", "China Construction Bank", "#0a3d8f"),
    ICBC("9", "工商银行", "ICBC", "#9c1f1f"),
    PAB("14", "平安银行", "Ping An Bank", "#c24400"),
    CMBC("28", "民生银行", "China Minsheng Bank", "#1d6b4f"),
    CIB("33", "兴业银行", "Industrial Bank", "#12479a"),
    ABC("43", "农业银行", "Agricultural Bank of China", "#00705a"),
    GDB("44", "广发银行", "China Guangfa Bank", "#8a1538"),
    BOB("50", "北京银行", "Bank of Beijing", "#a3231f"),
    PSBC("59", "中国邮政储蓄银行", "Postal Savings Bank of China", "#0b6b3a"),
    HXB("60", "华夏银行", "Hua Xia Bank", "#b02a1c"),
    BOCOM("67", "交通银行", "Bank of Communications", "#1b2f6e"),
    SPDB("69", "浦发银行", "SPD Bank", "#173f7a"),
    CEB("74", "光大银行", "China Everbright Bank", "#5b2a86"),
    BRCB("75", "北京农商银行", "Beijing Rural Commercial Bank", "#2f6b1e"),
    CBHB("83", "渤海银行", "China Bohai Bank", "#0d5c75"),
    CITIC("84", "中信银行", "China CITIC Bank", "#a11a22"),
    BOC("85", "中国银行", "Bank of China", "#7d1128"),
    BOS("121", "上海银行", "Bank of Shanghai", "#21508c");

    private final String pmode;
    private final String name;
    private final String english;
    private final String colour;

    Bank(String pmode, String name, String english, String colour) {
        this.pmode = pmode;
        this.name = name;
        this.english = english;
        this.colour = colour;
    }

    /** What returns and notifications call it. */
    String chineseName() {
        return name;
    }

    String englishName() {
        return english;
    }

    String colour() {
        return colour;
    }

    String pmode() {
        return pmode;
    }

    static @Nullable Bank ofPmode(@Nullable String pmode) {
        for (var bank : values()) {
            if (bank.pmode.equals(pmode)) {
                return bank;
            }
        }
        return null;
    }
}
