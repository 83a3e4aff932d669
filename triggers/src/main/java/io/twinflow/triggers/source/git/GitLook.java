package io.twinflow.triggers.source.git;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.git.RefChange;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Trouble;
import io.twinflow.triggers.source.look.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Compares what refs point to with what they pointed to when it was last looked. */
final class GitLook implements Look {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final GitOptions options;
  private final Remote remote;

  GitLook(GitOptions options, Remote remote) {
    this.options = options;
    this.remote = remote;
  }

  @Override
  public Duration look(Intake intake) throws IOException {
    Optional<String> stored = intake.position();
    Map<String, String> now = remote.refs();
    List<Message> messages = new ArrayList<>();
    if (stored.isPresent()) {
      changes(read(stored.get()), now).forEach(change -> messages.add(message(change)));
    }
    String position = JSON.writeValueAsString(now);
    if (!stored.equals(Optional.of(position))) {
      intake.take(messages, position);
    }
    return options.every();
  }

  private static Map<String, String> read(String position) throws IOException {
    try {
      return JSON.readValue(position, new TypeReference<TreeMap<String, String>>() {});
    } catch (JacksonException e) {
      throw new IOException("its position cannot be read: " + position, e);
    }
  }

  /** What another configuration left out, or leaves out now, has not changed. */
  private List<RefChange> changes(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> refs = new TreeSet<>(before.keySet());
    refs.addAll(now.keySet());
    List<RefChange> changes = new ArrayList<>();
    for (String ref : refs) {
      String was = before.getOrDefault(ref, RefChange.NOTHING);
      String is = now.getOrDefault(ref, RefChange.NOTHING);
      if (!was.equals(is) && options.isWanted(ref)) {
        changes.add(new RefChange(options.channel().toString(), ref, was, is));
      }
    }
    return changes;
  }

  private Message message(RefChange change) {
    return new Message(
        options.channel(),
        change.id(),
        RefChange.TYPE,
        Map.of(),
        "application/json",
        change.ref(),
        null,
        change.data().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<Finding> check() {
    try {
      return List.of(
          Finding.good(
              "url",
              "%s has %d such branches and tags".formatted(options.url(), remote.refs().size())));
    } catch (Trouble e) {
      return List.of(e.finding("url"));
    }
  }
}
