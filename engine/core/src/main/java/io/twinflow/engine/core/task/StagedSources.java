package io.twinflow.engine.core.task;

import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.executors.api.Staging;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was staged into an attempt, from where: these an output may pass through. */
final class StagedSources {

  private final Map<String, String> sourceByTarget = new HashMap<>();
  private final Map<String, String> targetBySource = new HashMap<>();

  StagedSources(List<Staging> staging) {
    for (Staging entry : staging) {
      switch (entry) {
        case Staging.Link link -> add(link.target(), link.source().toString());
        case Staging.InPlace place -> add(place.target(), place.source().toString());
        case Staging.Copy copy -> targetBySource.put(copy.source().toString(), copy.target());
        case Staging.WriteText text -> {}
        case Staging.MakeDirectory directory -> {}
      }
    }
  }

  private void add(String target, String source) {
    sourceByTarget.put(target, source);
    targetBySource.put(source, target);
  }

  /** The location behind a path that was staged or is below something that was. */
  @Nullable String locationOf(String path) {
    for (String target = path; target.lastIndexOf('/') > 0; ) {
      String source = sourceByTarget.get(target);
      if (source != null) {
        return target.equals(path)
            ? source
            : Locations.child(source, path.substring(target.length() + 1));
      }
      target = target.substring(0, target.lastIndexOf('/'));
    }
    return null;
  }

  /** Whether a location was staged or is below something that was. */
  boolean isKnown(String location) {
    for (String at = Locations.uri(location).toString(); at.lastIndexOf('/') > 0; ) {
      if (targetBySource.containsKey(at) || targetBySource.containsKey(at + "/")) {
        return true;
      }
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return false;
  }
}
