package io.twinflow.engine.core.run;

import io.twinflow.engine.core.plan.Digests;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Digests of input objects. A long list is digested once, however many shards get it: otherwise a
 * scatter with an unscattered array would cost the square of its length. Safe for many threads.
 */
final class ValueDigests {

  private static final int LONG = 64;
  private static final int REMEMBERED = 8;

  private record Known(ListValue list, String digest) {}

  private final Deque<Known> known = new ArrayDeque<>();

  String of(RecordValue inputs) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(inputs.fields())
        .forEach((name, value) -> text.append(name).append('=').append(text(value)).append('\n'));
    return Digests.sha256(text.toString());
  }

  private String text(Value value) {
    if (!(value instanceof ListValue list) || list.items().size() < LONG) {
      return ValueJson.write(value);
    }
    String digest = find(list);
    if (digest == null) {
      digest = Digests.sha256(ValueJson.write(value));
      remember(list, digest);
    }
    return "list " + digest;
  }

  /** By identity: shards share the list itself, and comparing lists would cost what is saved. */
  @SuppressWarnings("ReferenceEquality")
  private synchronized @Nullable String find(ListValue list) {
    for (Known entry : known) {
      if (entry.list() == list) {
        return entry.digest();
      }
    }
    return null;
  }

  private synchronized void remember(ListValue list, String digest) {
    known.addFirst(new Known(list, digest));
    if (known.size() > REMEMBERED) {
      known.removeLast();
    }
  }
}
