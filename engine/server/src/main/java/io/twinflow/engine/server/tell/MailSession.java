package io.twinflow.engine.server.tell;

import io.twinflow.triggers.source.broker.Tls;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Properties;

/** Speaking with the configured mail server. */
record MailSession(Session session, String from) {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration SILENT_AT_MOST = Duration.ofSeconds(30);

  static MailSession of(MailSettings settings) throws IOException {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", settings.host());
    properties.put("mail.smtp.port", Integer.toString(settings.port()));
    properties.put("mail.smtp.auth", Boolean.toString(settings.user() != null));
    properties.put("mail.smtp.connectiontimeout", Long.toString(CONNECT_WITHIN.toMillis()));
    properties.put("mail.smtp.timeout", Long.toString(SILENT_AT_MOST.toMillis()));
    properties.put("mail.smtp.writetimeout", Long.toString(SILENT_AT_MOST.toMillis()));
    // Whom the mail can reach it shall reach, although others are refused.
    properties.put("mail.smtp.sendpartial", "true");
    switch (settings.tls()) {
      case STARTTLS -> {
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
      }
      case ON -> properties.put("mail.smtp.ssl.enable", "true");
      case OFF -> {}
    }
    if (settings.tls() != MailSettings.Encryption.OFF) {
      properties.put("mail.smtp.ssl.checkserveridentity", "true");
      properties.put(
          "mail.smtp.ssl.socketFactory",
          new Tls(settings.authority(), null, null).context().getSocketFactory());
      properties.put("mail.smtp.socketFactory.fallback", "false");
    }
    return new MailSession(Session.getInstance(properties), settings.from());
  }

  Transport transport() throws MessagingException {
    return session.getTransport("smtp");
  }

  MimeMessage message(Mail mail) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(from));
    message.setRecipients(RecipientType.TO, addresses(mail.to()));
    message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
    message.setText(mail.text(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(mail.written()));
    // So that nobody's holiday is answered (RFC 3834).
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    message.setHeader(
        "Message-ID", "<%s@%s>".formatted(mail.id(), from.substring(from.indexOf('@') + 1)));
    return message;
  }

  static Address[] addresses(List<String> texts) throws MessagingException {
    Address[] addresses = new Address[texts.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = new InternetAddress(texts.get(i), true);
    }
    return addresses;
  }
}
