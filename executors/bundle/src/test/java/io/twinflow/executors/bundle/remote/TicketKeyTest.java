package io.twinflow.executors.bundle.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A token is worth one attempt of one installation. */
class TicketKeyTest {

  private static final AttemptKey ATTEMPT = new AttemptKey("here", "r", 7, 1);

  private static TicketKey key(String secret) {
    return new TicketKey(secret.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyAttemptAndEverySecretHasItsOwn() {
    TicketKey key = key("a".repeat(32));
    Set<String> tokens = new HashSet<>();
    tokens.add(key.token(ATTEMPT));
    tokens.add(key.token(new AttemptKey("here", "r", 7, 2)));
    tokens.add(key.token(new AttemptKey("here", "r", 8, 1)));
    tokens.add(key.token(new AttemptKey("here", "s", 7, 1)));
    tokens.add(key.token(new AttemptKey("there", "r", 7, 1)));
    tokens.add(key("b".repeat(32)).token(ATTEMPT));
    assertThat(tokens).hasSize(6).allMatch(token -> token.matches("[-_A-Za-z0-9]{43}"));
  }

  @Test
  void itIsKnownAgainByWhoHasTheSecret() {
    String token = key("a".repeat(32)).token(ATTEMPT);
    assertThat(key("a".repeat(32)).isToken(ATTEMPT, token)).isTrue();
    assertThat(key("b".repeat(32)).isToken(ATTEMPT, token)).isFalse();
    assertThat(key("a".repeat(32)).isToken(new AttemptKey("here", "r", 7, 2), token)).isFalse();
  }

  @Test
  void aSecretThatCanBeGuessedIsRefused() {
    assertThatThrownBy(() -> key("short"))
        .hasMessageContaining("5 bytes")
        .hasMessageContaining("32");
  }
}
