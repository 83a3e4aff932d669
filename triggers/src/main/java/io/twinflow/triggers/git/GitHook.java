package io.twinflow.triggers.git;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.cloudevents.Attributes;
import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What GitHub, Gitea, Forgejo and GitLab send when somebody pushes; of all else they send, none.
 */
public final class GitHook {

  /** GitHub sends a form unless it is told not to. */
  private static final String FORM = "payload=";

  private static final String COMMIT = "[0-9a-f]{40}([0-9a-f]{24})?";

  private GitHook() {}

  public static Optional<CloudEvent> read(byte[] body) throws MalformedEventException {
    JsonNode json = JsonFormat.parse(unwrapped(body));
    if (!Stream.of("ref", "before", "after").allMatch(field -> json.path(field).isString())) {
      return Optional.empty();
    }
    return Optional.of(
        event(
            new RefChange(
                RefChange.repository(address(json)),
                json.path("ref").asString(),
                commit(json, "before"),
                commit(json, "after"))));
  }

  private static byte[] unwrapped(byte[] body) throws MalformedEventException {
    byte[] form = FORM.getBytes(StandardCharsets.US_ASCII);
    if (body.length < form.length
        || !new String(body, 0, form.length, StandardCharsets.US_ASCII).equals(FORM)) {
      return body;
    }
    String value = new String(body, StandardCharsets.UTF_8).substring(FORM.length());
    try {
      return URLDecoder.decode(value.split("&", 2)[0], StandardCharsets.UTF_8)
          .getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException("payload", "expected a form, " + e.getMessage());
    }
  }

  private static String commit(JsonNode json, String field) throws MalformedEventException {
    String commit = json.path(field).asString("");
    if (!commit.matches(COMMIT)) {
      throw new MalformedEventException(field, "expected a commit, found \"%s\"".formatted(commit));
    }
    return commit;
  }

  private static String address(JsonNode json) throws MalformedEventException {
    return Stream.of("/repository/clone_url", "/project/git_http_url", "/repository/git_http_url")
        .map(path -> json.at(path).asString(""))
        .filter(address -> !address.isEmpty())
        .findFirst()
        .orElseThrow(() ->
            new MalformedEventException(
                "repository", "expected the address from which it is cloned over HTTP"));
  }

  private static CloudEvent event(RefChange change) throws MalformedEventException {
    Attributes attributes = new Attributes();
    attributes.put("specversion", "1.0");
    attributes.put("id", change.id());
    attributes.put("source", change.repository());
    attributes.put("type", RefChange.TYPE);
    attributes.put("subject", Attributes.printable(change.ref()));
    return attributes.event("application/json", change.data().getBytes(StandardCharsets.UTF_8));
  }
}
