package io.twinflow.engine.server.api;

import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.engine.server.notifications.Target;
import io.twinflow.engine.server.notifications.ToldState;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.tell.Mail;
import io.twinflow.engine.server.tell.NamedSecrets;
import io.twinflow.engine.server.tell.NotToBeSentException;
import io.twinflow.engine.server.tell.SendMail;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether somebody can be told as they want: all that can be found out before. */
@Component
class CheckNotification {

  private static final String WEBHOOK = "webhook";
  private static final String MAIL = "mail";

  private final OutgoingUrls outgoing;
  private final NamedSecrets secrets;
  private final SendMail mail;

  CheckNotification(OutgoingUrls outgoing, NamedSecrets secrets, SendMail mail) {
    this.outgoing = outgoing;
    this.secrets = secrets;
    this.mail = mail;
  }

  Set<ToldState> states(@Nullable List<String> on) throws BadRequestException {
    if (on == null || on.isEmpty()) {
      return EnumSet.of(ToldState.SUCCEEDED, ToldState.FAILED, ToldState.CANCELLED);
    }
    Set<ToldState> states = EnumSet.noneOf(ToldState.class);
    for (String text : on) {
      states.add(
          ToldState.of(text)
              .orElseThrow(() ->
                  new BadRequestException(
                      "on",
                      "expected running, overdue, succeeded, failed or cancelled, found \"%s\""
                          .formatted(text))));
    }
    return states;
  }

  Target target(Caller caller, NewNotification wanted) throws BadRequestException {
    if (wanted.webhook() != null && wanted.mail() == null) {
      return webhook(caller, wanted.webhook());
    }
    if (wanted.mail() != null && wanted.webhook() == null) {
      return letter(caller, wanted.mail());
    }
    throw new BadRequestException(
        WEBHOOK, "expected one of webhook: {url} and mail: {to}, which says where to tell it");
  }

  private Target webhook(Caller caller, NewNotification.Webhook wanted) throws BadRequestException {
    String url = wanted.url();
    if (url == null) {
      throw new BadRequestException("webhook.url", "expected an http or https URL");
    }
    try {
      outgoing.check(new URI(url));
    } catch (URISyntaxException | IOException e) {
      throw new BadRequestException("webhook.url", String.valueOf(e.getMessage()));
    }
    if (wanted.secret() != null) {
      refuse("webhook.secret", secrets.whyNot(wanted.secret(), caller.subject()));
    }
    return new Target.Webhook(url, wanted.secret());
  }

  private Target letter(Caller caller, NewNotification.Letter wanted) throws BadRequestException {
    List<String> to = wanted.to() == null ? List.of() : wanted.to();
    refuse(MAIL, mail.whyNot(caller.subject()));
    try {
      Mail.checkRecipients(to);
    } catch (NotToBeSentException e) {
      throw new BadRequestException("mail.to", String.valueOf(e.getMessage()));
    }
    for (String address : to) {
      refuse("mail.to", mail.whyNotTo(address));
    }
    return new Target.Letter(to);
  }

  private static void refuse(String field, Optional<String> whyNot) throws BadRequestException {
    if (whyNot.isPresent()) {
      throw new BadRequestException(field, whyNot.get());
    }
  }
}
