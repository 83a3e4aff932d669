package io.twinflow.engine.server.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.site.SitesFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Mail by a real server: who is reached, who is not, and how it is spoken with. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SMTP_URL", matches = ".+")
final class SendMailIT {

  @TempDir private Path folder;

  private final String id = UUID.randomUUID().toString();

  private SendMail mail(String host, int port, String more) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), MailPeer.password());
    return mail(host, port, more, password);
  }

  private SendMail mail(String host, int port, String more, Path password) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("twinflow.yaml"),
            "mail: {host: %s, port: %d, from: twin@river.example, user: twinflow, password: {file: %s}, for: ann, to: ['*@river.example']%s}"
                .formatted(host, port, password, more));
    return new SendMail(MailSettings.of(SitesFile.read(file).mail().orElseThrow()));
  }

  private String authority() {
    return ", authority: " + MailPeer.authority();
  }

  private Mail to(String... to) {
    return new Mail(id, List.of(to), "Wasserstand über 3 m", "räumen\n", Instant.EPOCH);
  }

  private List<String> idsOfThoseFor(String address) throws Exception {
    return MailPeer.taken(id).stream()
        .filter(taken -> taken.isFor(address))
        .map(taken -> taken.header("Message-ID"))
        .toList();
  }

  @Test
  void mailGoesOutEncryptedEitherWay() throws Exception {
    SendMail later = mail("localhost", MailPeer.port(), authority());
    assertThat(later.send(to("ann@river.example"), "ann", new Reached()))
        .isEqualTo(new Outcome.Taken());
    SendMail atOnce = mail("localhost", MailPeer.portOfTls(), ", tls: on" + authority());
    assertThat(atOnce.send(to("bob@river.example"), "ann", new Reached()))
        .isEqualTo(new Outcome.Taken());
    List<MailPeer.Taken> taken = MailPeer.taken(id);
    assertThat(taken).hasSize(2);
    for (MailPeer.Taken each : taken) {
      assertThat(each.head()).contains("-tls_ver", "--auth_id twinflow");
      assertThat(each.header("Message-ID")).isEqualTo("<" + id + "@river.example>");
      assertThat(each.header("Auto-Submitted")).isEqualTo("auto-generated");
      assertThat(each.header("From")).isEqualTo("twin@river.example");
      assertThat(each.header("Subject")).isEqualTo("=?UTF-8?Q?Wasserstand_=C3=BCber_3_m?=");
      assertThat(each.body()).startsWith("r");
    }
  }

  @Test
  void whoCanBeReachedIsReachedOnceAndWhoRefusesIsNamed() throws Exception {
    SendMail mail = mail("localhost", MailPeer.port(), authority());
    Mail all = to("ann@river.example", "nobody@river.example", "busy@river.example");
    Reached reached = new Reached();
    Files.writeString(MailPeer.busy(), "");
    try {
      assertThat(mail.send(all, "ann", reached))
          .isInstanceOfSatisfying(
              Outcome.Later.class, later -> assertThat(later.problem()).contains("busy"));
      assertThat(mail.send(all, "ann", reached)).isInstanceOf(Outcome.Later.class);
    } finally {
      Files.delete(MailPeer.busy());
    }
    assertThat(mail.send(all, "ann", reached))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.problem())
                    .contains(
                        "sent to ann@river.example, busy@river.example",
                        "refused to nobody@river.example",
                        "there is no such person"));
    assertThat(idsOfThoseFor("ann@river.example")).hasSize(1);
    assertThat(idsOfThoseFor("busy@river.example")).isEqualTo(idsOfThoseFor("ann@river.example"));
    assertThat(mail.send(to("nobody@river.example"), "ann", new Reached()))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void aServerThatIsNotTheRightOneGetsNothing() throws Exception {
    for (SendMail mail :
        List.of(
            // Its authority is unknown, its name is another, the password is wrong, it is not
            // there.
            mail("localhost", MailPeer.port(), ""),
            mail("127.0.0.1", MailPeer.port(), authority()),
            mail("127.0.0.1", MailPeer.portOfTls(), ", tls: on" + authority()),
            mail(
                "localhost",
                MailPeer.port(),
                authority(),
                Files.writeString(folder.resolve("wrong"), "another")),
            mail("localhost", 1, authority()))) {
      assertThat(mail.send(to("ann@river.example"), "ann", new Reached()))
          .isInstanceOf(Outcome.Later.class);
    }
    assertThat(MailPeer.taken(id)).isEmpty();
  }

  @Test
  void whoMayNotSendAndWhoMayNotGetAnythingIsRefused() throws Exception {
    SendMail mail = mail("localhost", MailPeer.port(), authority());
    assertThat(mail.send(to("ann@river.example"), "eve", new Reached()))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(mail.send(to("ann@river.example", "ann@elsewhere.example"), "ann", new Reached()))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(MailPeer.taken(id)).isEmpty();
  }
}
