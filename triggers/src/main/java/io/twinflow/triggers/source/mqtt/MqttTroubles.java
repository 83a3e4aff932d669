package io.twinflow.triggers.source.mqtt;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import io.twinflow.executors.api.support.NetworkWords;
import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Trouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Says what the exceptions of the client mean to an administrator.
 *
 * @param session whose broker it is about
 */
record MqttTroubles(Address address, Access access, String session) {

  private static final int PATIENCE = 15;

  /** Waits for an answer of the broker. */
  <T> T await(CompletableFuture<T> answer) throws Trouble, InterruptedException {
    try {
      return answer.get(PATIENCE, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw of(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Trouble("%s: no answer within %d s".formatted(address, PATIENCE), Address.MEND, e);
    }
  }

  Trouble of(Throwable failure) {
    return switch (failure) {
      case Mqtt5ConnAckException refused -> {
        Mqtt5ReasonCode code = refused.getMqttMessage().getReasonCode();
        yield refused(
            code.toString(),
            refused.getMqttMessage().getReasonString().map(Object::toString).orElse(""));
      }
      case Mqtt3ConnAckException refused ->
          refused(refused.getMqttMessage().getReturnCode().toString(), "");
      case Mqtt5DisconnectException ended -> ended(ended);
      // What 3.1.1 tells of every end.
      case ConnectionClosedException closed ->
          new Trouble(
              "%s: %s".formatted(address, NetworkWords.of(closed)),
              "see that the broker runs, that tls: is as there, and that no other client has the session %s, which each source needs for itself (session:)"
                  .formatted(session),
              closed);
      default -> Address.silent(address.toString(), NetworkWords.of(failure), failure);
    };
  }

  private Trouble refused(String code, String reason) {
    String said = reason.isEmpty() ? code : "%s (%s)".formatted(code, reason);
    return switch (code) {
      case "NOT_AUTHORIZED", "BAD_USER_NAME_OR_PASSWORD", "BANNED" -> {
        access.refused();
        yield new Trouble(
            "%s: the broker refuses %s: %s".formatted(address, access.who(), said), Access.MEND);
      }
      case "CLIENT_IDENTIFIER_NOT_VALID", "IDENTIFIER_REJECTED" ->
          new Trouble(
              "%s: the broker refuses the session %s: %s".formatted(address, session, said),
              "give session: an identifier that it takes");
      case "UNSUPPORTED_PROTOCOL_VERSION" ->
          new Trouble(
              "%s: the broker does not speak this version: %s".formatted(address, said),
              "set version: to the other one of 5 and 3.1.1");
      default ->
          new Trouble(
              "%s: the broker refuses: %s".formatted(address, said), "see the broker's log");
    };
  }

  private Trouble ended(Mqtt5DisconnectException ended) {
    Mqtt5DisconnectReasonCode code = ended.getMqttMessage().getReasonCode();
    return code == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER
        ? new Trouble(
            "%s: another client has taken over the session %s".formatted(address, session),
            "give each source and each other program a session: of its own")
        : new Trouble(
            "%s: the broker has ended the connection: %s".formatted(address, code),
            "see the broker's log");
  }
}
