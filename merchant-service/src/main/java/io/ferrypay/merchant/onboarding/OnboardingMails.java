package io.ferrypay.merchant.onboarding;

import io.ferrypay.merchant.mail.Mail;
import io.ferrypay.merchant.mail.MailQueue;
import io.ferrypay.merchant.portal.Role;
import io.ferrypay.merchant.team.PortalUser;
import io.ferrypay.merchant.team.Team;
import java.util.LinkedHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What is written to a merchant's owners, and to the one who submitted, in the language of each.
 * Why something is to be changed stands in the portal only: mails are read by others.
 */
@Component
class OnboardingMails {

    private final Team team;
    private final MailQueue mails;
    private final String page;

    OnboardingMails(Team team, MailQueue mails, @Value("${ferry.public-url}") String publicUrl) {
        this.team = team;
        this.mails = mails;
        this.page = publicUrl + "/portal/onboarding";
    }

    /** In the transaction of what it tells. */
    void tell(Onboarding onboarding) {
        var readers = new LinkedHashMap<String, PortalUser>();
        for (var owner : team.members(onboarding.merchantId(), Role.OWNER)) {
            readers.put(owner.id(), owner);
        }
        var submitter = onboarding.submittedBy();
        if (submitter != null && team.membership(submitter, onboarding.merchantId()).isPresent()) {
            team.user(submitter).ifPresent(user -> readers.put(user.id(), user));
        }
        readers.values().forEach(reader -> mails.add(mail(reader, onboarding.status())));
    }

    private Mail mail(PortalUser reader, OnboardingStatus status) {
        return reader.language().equals("zh")
                ? inChinese(reader.email(), status)
                : inEnglish(reader.email(), status);
    }

    private Mail inEnglish(String to, OnboardingStatus status) {
        return switch (status) {
            case SUBMITTED ->
                    new Mail(
                            to,
                            "We have your FerryPay application",
                            "Your application is with our reviewers. We write again when they have"
                                    + " looked at it. How far it is:\n\n"
                                    + page
                                    + "\n");
            case NEEDS_CHANGES ->
                    new Mail(
                            to,
                            "Your FerryPay application needs changes",
                            "A reviewer asks you to change something in your application. What and why"
                                    + " stands here:\n\n"
                                    + page
                                    + "\n");
            case APPROVED ->
                    new Mail(
                            to,
                            "Your FerryPay application is approved",
                            "Live mode is open to you. Sign in to make live keys:\n\n"
                                    + page
                                    + "\n");
            case REJECTED ->
                    new Mail(
                            to,
                            "Your FerryPay application was not approved",
                            "We can't take you on. The reason stands here; test mode goes on"
                                    + " working:\n\n"
                                    + page
                                    + "\n");
            case DRAFT, IN_REVIEW -> throw new IllegalArgumentException("Nobody is told of this");
        };
    }

    private Mail inChinese(String to, OnboardingStatus status) {
        return switch (status) {
            case SUBMITTED ->
                    new Mail(
                            to,
                            "已收到您的 FerryPay 入网申请",
                            "您的申请正在等待审核，有结果后我们会再次通知您。查看进度：\n\n" + page + "\n");
            case NEEDS_CHANGES ->
                    new Mail(
                            to,
                            "您的 FerryPay 入网申请需要修改",
                            "审核人员请您修改申请中的部分内容，具体项目和原因请见：\n\n" + page + "\n");
            case APPROVED ->
                    new Mail(to, "您的 FerryPay 入网申请已通过", "正式模式已开通。请登录创建正式密钥：\n\n" + page + "\n");
            case REJECTED ->
                    new Mail(
                            to,
                            "您的 FerryPay 入网申请未通过",
                            "很抱歉，我们无法为您开通。原因请见以下页面，测试模式可继续使用：\n\n" + page + "\n");
            case DRAFT, IN_REVIEW -> throw new IllegalArgumentException("Nobody is told of this");
        };
    }
}
