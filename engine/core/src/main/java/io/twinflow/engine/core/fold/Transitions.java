package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.event.Event;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A declared table: which event may lead from which state to which.
 *
 * @param <S> the states
 */
public final class Transitions<S extends Enum<S>> {

  private final Class<S> states;
  private final Map<S, Map<Class<? extends Event>, Set<S>>> table;

  Transitions(Class<S> states) {
    this.states = states;
    this.table = new EnumMap<>(states);
  }

  Transitions<S> on(S from, Class<? extends Event> event, S to) {
    table
        .computeIfAbsent(from, f -> new LinkedHashMap<>())
        .computeIfAbsent(event, e -> EnumSet.noneOf(states))
        .add(to);
    return this;
  }

  /**
   * @throws CannotFoldException if the table has no such transition
   */
  S go(S from, Event event, S to) {
    Set<S> allowed = table.getOrDefault(from, Map.of()).getOrDefault(event.getClass(), Set.of());
    if (!allowed.contains(to)) {
      throw new CannotFoldException(
          "%s cannot follow in state %s".formatted(event.getClass().getSimpleName(), from));
    }
    return to;
  }

  /** As rows of a Markdown table: from, event, to. */
  public String markdown() {
    StringBuilder text = new StringBuilder("| from | event | to |\n|---|---|---|\n");
    table.forEach((from, events) ->
        events.forEach((event, targets) ->
            targets.forEach(to ->
                text.append("| %s | %s | %s |\n".formatted(from, event.getSimpleName(), to)))));
    return text.toString();
  }
}
