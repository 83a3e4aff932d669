package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.plan.ResolvedLink;
import io.twinflow.workflowdefs.cwl.Link.LinkMerge;
import io.twinflow.workflowdefs.cwl.Link.PickValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value that comes over a link. CWL v1.2, Workflow, sections "linkMerge" and "pickValue". */
public final class Links {

  private Links() {}

  /**
   * @param values one per source, in order
   */
  static Value value(String target, ResolvedLink link, List<Value> values) throws LinkException {
    return combine(target, values, link.definition().linkMerge(), link.definition().pickValue());
  }

  /** Merges and picks. Without sources the value is null. */
  public static Value combine(
      String target, List<Value> values, @Nullable LinkMerge merge, @Nullable PickValue pick)
      throws LinkException {
    if (values.isEmpty()) {
      return NullValue.NULL;
    }
    Value merged = merge(values, merge);
    return pick == null || !(merged instanceof ListValue list) ? merged : pick(target, list, pick);
  }

  private static Value merge(List<Value> values, @Nullable LinkMerge merge) {
    if (merge == null) {
      return values.size() == 1 ? values.get(0) : new ListValue(values);
    }
    return switch (merge) {
      case MERGE_NESTED -> new ListValue(values);
      case MERGE_FLATTENED -> {
        List<Value> flat = new ArrayList<>();
        for (Value value : values) {
          if (value instanceof ListValue list) {
            flat.addAll(list.items());
          } else {
            flat.add(value);
          }
        }
        yield new ListValue(flat);
      }
    };
  }

  private static Value pick(String target, ListValue list, PickValue pick) throws LinkException {
    List<Value> present = list.items().stream().filter(value -> value != NullValue.NULL).toList();
    return switch (pick) {
      case ALL_NON_NULL -> new ListValue(present);
      case FIRST_NON_NULL -> {
        if (present.isEmpty()) {
          throw new LinkException(
              "'%s' picks the first value that is not null, and all %d are null"
                  .formatted(target, list.items().size()));
        }
        yield present.get(0);
      }
      case THE_ONLY_NON_NULL -> {
        if (present.size() != 1) {
          throw new LinkException(
              "'%s' picks the only value that is not null, and %d of %d are not null"
                  .formatted(target, present.size(), list.items().size()));
        }
        yield present.get(0);
      }
    };
  }
}
