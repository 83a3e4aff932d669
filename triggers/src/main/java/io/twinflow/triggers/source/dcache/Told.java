package io.twinflow.triggers.source.dcache;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a frame says. Texts are empty where it says nothing.
 *
 * @param type of a frame of the system itself
 * @param subscription as a path
 * @param name in the watched folder
 * @param mask what happened, as inotify(7) calls it
 */
record Told(String type, String subscription, String name, Set<String> mask) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Told NOTHING = new Told("", "", "", Set.of());

  /** Something happened, and nobody knows what. */
  static final String UNREADABLE = "UNREADABLE";

  /** Events were lost, and nobody knows which. */
  static final String LOSS = "EVENT_LOSS";

  Told {
    mask = Set.copyOf(mask);
  }

  /**
   * What is neither about files nor about channels says nothing here; what cannot be read is as
   * good as lost.
   */
  static Told of(Frame frame) {
    try {
      return switch (frame.event()) {
        case "inotify", "SYSTEM" -> of(JSON.readTree(frame.data()));
        default -> NOTHING;
      };
    } catch (JacksonException | IllegalArgumentException e) {
      System.getLogger(Told.class.getName())
          .log(System.Logger.Level.WARNING, "an event cannot be read: {0}", frame.data());
      return new Told(UNREADABLE, "", "", Set.of());
    }
  }

  private static Told of(JsonNode json) {
    Set<String> mask = new HashSet<>();
    json.at("/event/mask").forEach(flag -> mask.add(flag.asString("")));
    String subscription =
        String.valueOf(URI.create(json.path("subscription").asString("")).getRawPath());
    return new Told(
        json.path("type").asString(""), subscription, json.at("/event/name").asString(""), mask);
  }

  boolean is(String flag) {
    return mask.contains(flag);
  }

  boolean isFolder() {
    return mask.contains("IN_ISDIR");
  }
}
