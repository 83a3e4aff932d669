package io.twinflow.triggers.firing;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.rule.Beginnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the triggers that an event may be for, without asking them all: by who sent it, and by what
 * its source, type or subject must begin with.
 */
final class TriggerIndex {

  static final TriggerIndex EMPTY = new TriggerIndex(List.of());

  private final Map<Sender, Of> senders = new HashMap<>();

  TriggerIndex(List<Trigger> triggers) {
    for (Trigger trigger : triggers) {
      senders
          .computeIfAbsent(new Sender(trigger.tenant(), trigger.sender()), sender -> new Of())
          .add(trigger);
    }
  }

  List<Trigger> candidates(Sender sender, CloudEvent event) {
    Of triggers = senders.get(sender);
    if (triggers == null) {
      return List.of();
    }
    List<Trigger> found = new ArrayList<>();
    triggers.sources.find(event.getSource().toString(), found);
    triggers.types.find(event.getType(), found);
    triggers.subjects.find(event.getSubject() == null ? "" : event.getSubject(), found);
    return found;
  }

  /** Each trigger stands under the attribute of which it says the most. */
  private static final class Of {
    private final Prefixes sources = new Prefixes();
    private final Prefixes types = new Prefixes();
    private final Prefixes subjects = new Prefixes();

    void add(Trigger trigger) {
      Beginnings beginnings = trigger.rule().beginnings();
      int subject = beginnings.subject().length();
      int source = beginnings.source().length();
      if (subject > 0 && subject >= source) {
        subjects.add(beginnings.subject(), trigger);
      } else if (source > 0) {
        sources.add(beginnings.source(), trigger);
      } else {
        types.add(beginnings.type(), trigger);
      }
    }
  }

  /** By length, then by text: a look for each length that there is. */
  private static final class Prefixes {
    private final TreeMap<Integer, Map<String, List<Trigger>>> byLength = new TreeMap<>();

    void add(String prefix, Trigger trigger) {
      byLength
          .computeIfAbsent(prefix.length(), length -> new HashMap<>())
          .computeIfAbsent(prefix, text -> new ArrayList<>())
          .add(trigger);
    }

    void find(String value, List<Trigger> found) {
      byLength
          .headMap(value.length(), true)
          .forEach((length, triggers) ->
              found.addAll(triggers.getOrDefault(value.substring(0, length), List.of())));
    }
  }
}
