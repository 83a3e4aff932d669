package io.twinflow.executors.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class FreshTokensTest {

  private static final long START = 1_700_000_000L;

  private Instant now = Instant.ofEpochSecond(START);
  private String next = jwt(START, START + 1_000);
  private boolean gone;
  private int fetched;

  private final Tokens tokens =
      new FreshTokens(
          () -> {
            fetched++;
            if (gone) {
              throw new IOException("there is none");
            }
            return next;
          },
          new Clock() {
            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  private static String jwt(long issued, long ends) {
    String claims = "{\"exp\":%d,\"iat\":%d,\"sun\":\"alice\"}".formatted(ends, issued);
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }

  private void at(long second) {
    now = Instant.ofEpochSecond(START + second);
  }

  @Test
  void a_token_is_fetched_again_when_seven_tenths_of_its_life_are_over() throws Exception {
    String first = tokens.token();
    at(699);
    assertThat(tokens.token()).isEqualTo(first);
    assertThat(fetched).isEqualTo(1);
    at(700);
    next = jwt(START + 700, START + 1_700);
    assertThat(tokens.token()).isEqualTo(next);
    assertThat(fetched).isEqualTo(2);
  }

  @Test
  void while_there_is_no_newer_one_the_present_one_is_used_until_it_ends() throws Exception {
    String first = tokens.token();
    gone = true;
    at(800);
    assertThat(tokens.token()).isEqualTo(first);
    assertThat(tokens.token()).isEqualTo(first);
    assertThat(fetched).isEqualTo(2);
    at(1_000);
    assertThatThrownBy(tokens::token).hasMessage("there is none");
  }

  @Test
  void a_source_that_gives_the_same_is_not_asked_all_the_time() throws Exception {
    tokens.token();
    at(800);
    tokens.token();
    at(805);
    tokens.token();
    assertThat(fetched).isEqualTo(2);
    at(811);
    tokens.token();
    assertThat(fetched).isEqualTo(3);
  }

  @Test
  void a_refused_token_is_fetched_anew_and_another_ones_refusal_changes_nothing() throws Exception {
    String first = tokens.token();
    tokens.refused("older");
    assertThat(tokens.token()).isEqualTo(first);
    assertThat(fetched).isEqualTo(1);
    next = jwt(START + 1, START + 2_000);
    tokens.refused(first);
    assertThat(tokens.token()).isEqualTo(next);
  }

  @Test
  void what_is_no_json_web_token_is_fetched_again_after_minutes() throws Exception {
    next = "opaque";
    tokens.token();
    at(299);
    tokens.token();
    assertThat(fetched).isEqualTo(1);
    at(301);
    tokens.token();
    assertThat(fetched).isEqualTo(2);
  }
}
