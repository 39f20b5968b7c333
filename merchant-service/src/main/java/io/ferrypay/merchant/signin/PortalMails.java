package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.mail.Mail;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What the portal writes to people, in their language. A token stands behind the {@code #} of a
 * link, which browsers send to no server.
 */
@Component
class PortalMails {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final String portal;

    PortalMails(@Value("${ferry.public-url}") String publicUrl) {
        this.portal = publicUrl + "/portal";
    }

    Mail completeSignUp(String to, String language, String token) {
        var link = portal + "/complete-sign-up#token=" + token;
        return language.equals("zh")
                ? new Mail(
                        to,
                        "完成 FerryPay 注册",
                        "请打开以下链接并设置密码，链接 24 小时内有效：\n\n" + link + "\n\n如果不是您本人注册，请忽略此邮件。\n")
                : new Mail(
                        to,
                        "Complete your FerryPay sign-up",
                        "Open this link and choose a password. It is good for 24 hours:\n\n"
                                + link
                                + "\n\nIf you did not sign up, do nothing.\n");
    }

    Mail accountExists(String to, String language, String token) {
        var link = portal + "/reset-password#token=" + token;
        return language.equals("zh")
                ? new Mail(
                        to,
                        "您已有 FerryPay 账户",
                        "有人用此地址注册，但该地址已有账户。如果忘记密码，可在 30 分钟内用以下链接重设：\n\n"
                                + link
                                + "\n\n如果不是您本人操作，请忽略此邮件。\n")
                : new Mail(
                        to,
                        "You have a FerryPay account already",
                        "Somebody signed up with this address, which has an account. If you forgot your"
                                + " password, this link sets a new one. It is good for 30 minutes:\n\n"
                                + link
                                + "\n\nIf it was not you, do nothing.\n");
    }

    Mail resetPassword(String to, String language, String token) {
        var link = portal + "/reset-password#token=" + token;
        return language.equals("zh")
                ? new Mail(
                        to,
                        "重设 FerryPay 密码",
                        "请在 30 分钟内打开以下链接设置新密码：\n\n" + link + "\n\n如果不是您本人操作，请忽略此邮件。\n")
                : new Mail(
                        to,
                        "Set a new FerryPay password",
                        "Open this link and choose a new password. It is good for 30 minutes:\n\n"
                                + link
                                + "\n\nIf you did not ask for it, do nothing.\n");
    }

    /**
     * @param merchant the name that shoppers see, which one line can hold
     */
    Mail invitation(String to, String language, String merchant, String token) {
        var link = portal + "/accept-invitation#token=" + token;
        return language.equals("zh")
                ? new Mail(
                        to,
                        merchant + " 邀请您加入 FerryPay",
                        "请在 7 天内打开以下链接接受邀请：\n\n" + link + "\n\n如果您不认识邀请方，请忽略此邮件。\n")
                : new Mail(
                        to,
                        merchant + " invites you to FerryPay",
                        "Open this link to join the team. It is good for seven days:\n\n"
                                + link
                                + "\n\nIf you don't know who invites you, do nothing.\n");
    }

    /**
     * @param name of the passkey, which one line can hold; null where it is about none
     * @param token of a link that takes off what was added; null where nothing was
     */
    Mail accountChanged(
            String to,
            String language,
            AccountNotices.Change change,
            @Nullable String name,
            @Nullable String token) {
        var zh = language.equals("zh");
        var what =
                switch (change) {
                    case APP_ADDED -> zh ? "已添加身份验证器" : "An authenticator app was added";
                    case APP_REMOVED -> zh ? "已关闭身份验证器" : "The authenticator app was switched off";
                    case PASSKEY_ADDED -> zh ? "已添加通行密钥" : "A passkey was added";
                    case PASSKEY_REMOVED -> zh ? "已移除通行密钥" : "A passkey was removed";
                    case RECOVERY_CODES_MADE -> zh ? "已生成新的恢复码" : "New recovery codes were made";
                };
        var named = name == null ? "" : zh ? "：“" + name + "”" : ": “" + name + "”";
        var link =
                token == null
                        ? portal + "/forgot-password"
                        : portal + "/reset-password#token=" + token;
        if (zh) {
            return new Mail(
                    to,
                    "FerryPay 账户安全：" + what,
                    what
                            + named
                            + "。\n\n"
                            + (token == null
                                    ? "如果不是您本人操作，请立即重设密码：\n\n"
                                    : "如果不是您本人操作，请在 7 天内打开以下链接设置新密码；此项更改将被撤销，所有设备将退出登录：\n\n")
                            + link
                            + "\n");
        }
        return new Mail(
                to,
                "Your FerryPay account: " + what.toLowerCase(Locale.ROOT),
                what
                        + named
                        + ".\n\n"
                        + (token == null
                                ? "If it was not you, set a new password at once:\n\n"
                                : "If it was not you, open this link within seven days and choose a new"
                                        + " password. What was added is taken off, and every device is signed"
                                        + " out:\n\n")
                        + link
                        + "\n");
    }

    /**
     * @param agent the browser in its own words, printable
     */
    Mail signedInElsewhere(String to, String language, Instant at, String address, String agent) {
        var time = TIME.format(at);
        return language.equals("zh")
                ? new Mail(
                        to,
                        "FerryPay 新的登录",
                        "您的账户在一个新的地点或浏览器登录：\n\n"
                                + time
                                + "\n"
                                + address
                                + "\n"
                                + agent
                                + "\n\n如果不是您本人操作，请立即重设密码：\n\n"
                                + portal
                                + "/forgot-password\n")
                : new Mail(
                        to,
                        "A new sign-in to FerryPay",
                        "Your account was signed in to from somewhere new, or by another browser:\n\n"
                                + time
                                + "\n"
                                + address
                                + "\n"
                                + agent
                                + "\n\nIf it was not you, set a new password at once:\n\n"
                                + portal
                                + "/forgot-password\n");
    }

    Mail passwordChanged(String to, String language) {
        return language.equals("zh")
                ? new Mail(
                        to,
                        "FerryPay 密码已更改",
                        "您的密码已更改，其他设备均已退出登录。如果不是您本人操作，请立即重设密码：\n\n" + portal + "/forgot-password\n")
                : new Mail(
                        to,
                        "Your FerryPay password was changed",
                        "Your password was changed, and every other device is signed out. If it was not you,"
                                + " set a new one at once:\n\n"
                                + portal
                                + "/forgot-password\n");
    }
}
