package io.twinflow.engine.core.cache;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.ArtifactIdentity;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the cache knows under a key.
 *
 * @param run whose task made the outputs
 * @param imageDigest of the container that made them; empty without one
 */
record CacheEntry(
    String key,
    String tenant,
    RunId run,
    long task,
    String address,
    Optional<String> imageDigest,
    RecordValue outputs,
    List<ArtifactIdentity> artifacts) {

  CacheEntry {
    artifacts = List.copyOf(artifacts);
  }

  RecordValue toValue() {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("key", new StringValue(key));
    fields.put("tenant", new StringValue(tenant));
    fields.put("run", new StringValue(run.value()));
    fields.put("task", new IntegerValue(task));
    fields.put("address", new StringValue(address));
    fields.put("image", new StringValue(imageDigest.orElse("")));
    fields.put("outputs", outputs);
    fields.put(
        "artifacts",
        new ListValue(
            artifacts.stream()
                .map(a ->
                    (Value)
                        new ListValue(
                            List.of(
                                new StringValue(a.location()),
                                new StringValue(a.sha256()),
                                new IntegerValue(a.size()))))
                .toList()));
    return new RecordValue(fields);
  }

  /** Empty if the text is no entry. */
  static Optional<CacheEntry> of(Value value) {
    if (value instanceof RecordValue fields
        && fields.get("key") instanceof StringValue(String key)
        && fields.get("tenant") instanceof StringValue(String tenant)
        && fields.get("run") instanceof StringValue(String run)
        && RunId.isValid(run)
        && fields.get("task") instanceof IntegerValue(long task)
        && fields.get("address") instanceof StringValue(String address)
        && fields.get("image") instanceof StringValue(String image)
        && fields.get("outputs") instanceof RecordValue outputs
        && fields.get("artifacts") instanceof ListValue(List<Value> items)) {
      List<ArtifactIdentity> artifacts = new ArrayList<>();
      for (Value item : items) {
        if (item instanceof ListValue(List<Value> parts)
            && parts.size() == 3
            && parts.get(0) instanceof StringValue(String location)
            && parts.get(1) instanceof StringValue(String sha256)
            && parts.get(2) instanceof IntegerValue(long size)) {
          artifacts.add(new ArtifactIdentity(location, sha256, size));
        } else {
          return Optional.empty();
        }
      }
      return Optional.of(
          new CacheEntry(
              key,
              tenant,
              new RunId(run),
              task,
              address,
              Optional.of(image).filter(digest -> !digest.isEmpty()),
              outputs,
              artifacts));
    }
    return Optional.empty();
  }
}
