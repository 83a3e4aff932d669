package io.twinflow.engine.server.tell;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends mail for people, to those whom the server may reach. */
public final class SendMail {

  /** Of a server that sends none. */
  public static final SendMail NONE = new SendMail();

  private static final Logger LOG = System.getLogger(SendMail.class.getName());

  private final @Nullable MailSettings settings;

  public SendMail(MailSettings settings) {
    this.settings = settings;
  }

  private SendMail() {
    this.settings = null;
  }

  /** What is wrong with sending mail; empty if they may. */
  public Optional<String> whyNot(String subject) {
    if (settings == null) {
      return Optional.of(
          "this server sends no mail; an administrator says in twinflow.yaml by whom it can (mail:). Use tw:webhook to tell a service that does");
    }
    return settings.isFor(subject)
        ? Optional.empty()
        : Optional.of(
            "this server sends no mail for %s; an administrator says in twinflow.yaml for whom it does (mail.for)"
                .formatted(subject));
  }

  /** The same of an address. */
  public Optional<String> whyNotTo(String address) {
    return settings == null || settings.mayReach(address)
        ? Optional.empty()
        : Optional.of(
            "this server sends no mail to \"%s\"; an administrator says in twinflow.yaml to whom it does (mail.to)"
                .formatted(address));
  }

  /**
   * @param subject for whom
   * @param reached who has it already; those who get it now are added
   */
  public Outcome send(Mail mail, String subject, Reached reached) {
    try {
      mail.check();
      Optional<String> whyNot = whyNot(subject);
      for (String address : mail.to()) {
        whyNot = whyNot.or(() -> whyNotTo(address));
      }
      if (whyNot.isPresent() || settings == null) {
        throw new NotToBeSentException(whyNot.orElse(""));
      }
      return send(mail, settings, reached);
    } catch (NotToBeSentException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Outcome send(Mail mail, MailSettings settings, Reached reached) {
    List<String> left = reached.left(mail.to());
    if (left.isEmpty()) {
      return reached.outcome(mail.to());
    }
    try {
      MailSession session = MailSession.of(settings);
      String password = password(settings);
      try (Transport transport = session.transport()) {
        transport.connect(settings.user(), password);
        transport.sendMessage(session.message(mail), MailSession.addresses(left));
        reached.add(left);
      } catch (AuthenticationFailedException e) {
        if (settings.password() != null && password != null) {
          settings.password().refused(password);
        }
        throw e;
      }
    } catch (MessagingException e) {
      SmtpAnswer answer = SmtpAnswer.of(e, left);
      reached.note(answer);
      if (answer.isAboutNobody()) {
        LOG.log(Level.WARNING, "mail cannot be sent by {0}: {1}", settings.host(), e.getMessage());
        return new Outcome.Later("the mail server cannot be used now; the server's log says why");
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "mail cannot be sent by {0}: {1}", settings.host(), e.getMessage());
      return new Outcome.Later("the mail server cannot be used now; the server's log says why");
    }
    return reached.outcome(mail.to());
  }

  private static @Nullable String password(MailSettings settings) throws IOException {
    return settings.password() == null ? null : settings.password().token();
  }
}
