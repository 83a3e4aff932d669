package io.twinflow.triggers.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHookTest {

  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);

  private static String push(String repository, String before, String after) {
    return "{\"ref\": \"refs/heads/main\", \"before\": \"%s\", \"after\": \"%s\", %s, \"commits\": []}"
        .formatted(before, after, repository);
  }

  private static String github(String before, String after) {
    return push(
        "\"repository\": {\"full_name\": \"twins/models\", \"clone_url\": \"https://git.example.org/twins/models.git\"}",
        before,
        after);
  }

  private static Optional<CloudEvent> read(String body) throws MalformedEventException {
    return GitHook.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String data(CloudEvent event) {
    return new String(event.getData().toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aPushIsTheSameEventWhoeverTellsIt() throws Exception {
    CloudEvent event = read(github(A, B)).orElseThrow();
    assertThat(event.getType()).isEqualTo("io.twinflow.git.push");
    assertThat(event.getSource()).hasToString("https://git.example.org/twins/models");
    assertThat(event.getSubject()).isEqualTo("refs/heads/main");
    assertThat(data(event))
        .isEqualTo(
            "{\"repository\":\"https://git.example.org/twins/models\",\"ref\":\"refs/heads/main\",\"before\":\"%s\",\"after\":\"%s\",\"created\":false,\"deleted\":false}"
                .formatted(A, B));
    assertThat(event.getId())
        .isEqualTo(
            new RefChange(
                    RefChange.repository("https://git.example.org/twins/models/"),
                    "refs/heads/main",
                    A,
                    B)
                .id());
    CloudEvent gitlab =
        read(push(
                "\"object_kind\": \"push\", \"project\": {\"git_http_url\": \"https://git.example.org/twins/models.git\"}",
                A,
                B))
            .orElseThrow();
    assertThat(gitlab.getId()).isEqualTo(event.getId());
    assertThat(gitlab.getSource()).isEqualTo(event.getSource());
    String form = "payload=" + URLEncoder.encode(github(A, B), StandardCharsets.UTF_8);
    assertThat(read(form).orElseThrow().getId()).isEqualTo(event.getId());
    assertThat(read(github(B, A)).orElseThrow().getId()).isNotEqualTo(event.getId());
  }

  @Test
  void whatIsMadeAndDeletedIsSaid() throws Exception {
    assertThat(data(read(github(RefChange.NOTHING, B)).orElseThrow()))
        .contains("\"created\":true,\"deleted\":false");
    assertThat(data(read(github(A, RefChange.NOTHING)).orElseThrow()))
        .contains("\"created\":false,\"deleted\":true");
    // Of a repository with SHA-256.
    assertThat(data(read(github("0".repeat(64), "c".repeat(64))).orElseThrow()))
        .contains("\"created\":true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"zen\": \"Keep it logically awesome.\", \"hook_id\": 1, \"repository\": {}}",
        "{\"ref\": \"v1\", \"ref_type\": \"tag\", \"repository\": {}}",
        "{\"action\": \"synchronize\", \"before\": \"a\", \"after\": \"b\"}",
        "{}",
        "[]"
      })
  void whatIsNoPushIsNone(String body) throws Exception {
    assertThat(read(body)).isEmpty();
  }

  @Test
  void whatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> read("no json")).isInstanceOf(MalformedEventException.class);
    assertThatThrownBy(() -> read("payload=%zz")).isInstanceOf(MalformedEventException.class);
    assertThatThrownBy(() -> read(push("\"repository\": {}", A, B)))
        .hasMessageContaining("the address from which it is cloned");
    assertThatThrownBy(() -> read(github("main", B))).hasMessageContaining("expected a commit");
  }
}
