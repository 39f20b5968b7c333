package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.mail.Mail;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What the portal writes to people, in their language. A token stands behind the {@code #} of a
 * link, which browsers send to no server.
 */
@Component
class PortalMails {

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
