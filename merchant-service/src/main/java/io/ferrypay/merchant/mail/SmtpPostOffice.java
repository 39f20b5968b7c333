package io.ferrypay.merchant.mail;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Hands mails to the mail server of {@code spring.mail}, over TLS unless told otherwise there. */
@Component
@ConditionalOnProperty("spring.mail.host")
@ConditionalOnMissingBean(FolderPostOffice.class)
class SmtpPostOffice implements PostOffice {

    private final JavaMailSender sender;
    private final String from;

    SmtpPostOffice(JavaMailSender sender, MailProperties properties) {
        this.sender = sender;
        this.from = properties.from();
    }

    @Override
    public void send(Mail mail) throws NotSent {
        var message = new SimpleMailMessage();
        message.setFrom(from);
        message.setTo(mail.to());
        message.setSubject(mail.subject());
        message.setText(mail.text());
        try {
            sender.send(message);
        } catch (MailException e) {
            // Its message and causes name the address.
            throw new NotSent(e.getClass().getSimpleName(), new IllegalStateException());
        }
    }
}
