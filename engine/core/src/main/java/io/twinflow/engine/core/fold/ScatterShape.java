package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.plan.PlannedStep;
import io.twinflow.workflowdefs.cwl.WorkflowStep.ScatterMethod;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a scattered step falls into shards. CWL v1.2, Workflow, section "scatterMethod".
 *
 * @param lengths one per dimension: one for dotproduct, one per scattered input for the
 *     crossproducts
 */
public record ScatterShape(ScatterMethod method, List<Integer> lengths) {
  public ScatterShape {
    lengths = List.copyOf(lengths);
  }

  /**
   * @param base the step's inputs before the scatter
   */
  public static ScatterShape of(PlannedStep step, RecordValue base) throws LinkException {
    List<Integer> lengths = new ArrayList<>();
    for (String input : step.definition().scatter()) {
      if (!(base.get(input) instanceof ListValue list)) {
        throw new LinkException(
            "step '%s' scatters over '%s', which must be an array and is %s"
                .formatted(step.name(), input, base.get(input)));
      }
      lengths.add(list.items().size());
    }
    ScatterMethod method = step.definition().scatterMethod();
    if (method != ScatterMethod.DOTPRODUCT) {
      return new ScatterShape(method, lengths);
    }
    if (lengths.stream().distinct().count() > 1) {
      throw new LinkException(
          "step '%s' scatters over %s by dotproduct, which must be of the same length and have %s items"
              .formatted(step.name(), step.definition().scatter(), lengths));
    }
    return new ScatterShape(method, lengths.subList(0, 1));
  }

  /** The number of shards. */
  public int shards() throws LinkException {
    long product = 1;
    for (int length : lengths) {
      product *= length;
      if (product > Integer.MAX_VALUE) {
        throw new LinkException(
            "a scatter of %s shards is more than %d".formatted(lengths, Integer.MAX_VALUE));
      }
    }
    return (int) product;
  }

  /** The inputs of one shard. */
  RecordValue inputs(PlannedStep step, RecordValue base, int shard) {
    Map<String, Value> fields = new LinkedHashMap<>(base.fields());
    List<String> scattered = step.definition().scatter();
    int rest = shard;
    for (int i = scattered.size() - 1; i >= 0; i--) {
      int item = shard;
      if (method != ScatterMethod.DOTPRODUCT) {
        item = rest % lengths.get(i);
        rest /= lengths.get(i);
      }
      String input = scattered.get(i);
      fields.put(input, ((ListValue) base.get(input)).items().get(item));
    }
    return new RecordValue(fields);
  }

  /**
   * The array of a scattered output: nested for nested_crossproduct, else flat.
   *
   * @param values one per shard, in flat order
   */
  Value gather(List<Value> values) {
    return method == ScatterMethod.NESTED_CROSSPRODUCT ? nest(values, 0) : new ListValue(values);
  }

  private Value nest(List<Value> values, int dimension) {
    if (dimension == lengths.size() - 1) {
      return new ListValue(values);
    }
    int length = lengths.get(dimension);
    int width = length == 0 ? 0 : values.size() / length;
    List<Value> rows = new ArrayList<>(length);
    for (int row = 0; row < length; row++) {
      rows.add(nest(values.subList(row * width, (row + 1) * width), dimension + 1));
    }
    return new ListValue(rows);
  }
}
