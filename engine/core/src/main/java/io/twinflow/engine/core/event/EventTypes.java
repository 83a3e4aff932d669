package io.twinflow.engine.core.event;

import java.util.HashMap;
import java.util.Map;

/**
 * The name and version of each type of event in the journal. A version is raised when the meaning
 * of a field changes or a field is added that a reader must have; the reader then upcasts the older
 * ones ({@link Upcasts}), for ever.
 */
final class EventTypes {

  private static final Map<Class<?>, Integer> VERSIONS = versions();
  private static final Map<String, Integer> BY_NAME = byName();

  private EventTypes() {}

  static String name(Event event) {
    return event.getClass().getSimpleName();
  }

  static int version(Event event) {
    return VERSIONS.getOrDefault(event.getClass(), 1);
  }

  static int version(String type) throws UnreadableEventException {
    Integer version = BY_NAME.get(type);
    if (version != null) {
      return version;
    }
    throw new UnreadableEventException(
        "'%s' is no type of event that this engine knows; a newer Twinflow wrote it"
            .formatted(type));
  }

  private static Map<String, Integer> byName() {
    Map<String, Integer> versions = new HashMap<>();
    VERSIONS.forEach((type, version) -> versions.put(type.getSimpleName(), version));
    return versions;
  }

  private static Map<Class<?>, Integer> versions() {
    Map<Class<?>, Integer> versions = new HashMap<>();
    for (Class<?> type : Event.class.getPermittedSubclasses()) {
      versions.put(type, 1);
    }
    return versions;
  }
}
