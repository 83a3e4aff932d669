package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** cwltool's Loop extension, which stands among the requirements of a step. */
final class LoopReader {

  private final Reading reading;
  private @Nullable Loop found;

  LoopReader(Reading reading) {
    this.reading = reading;
  }

  @Nullable Loop found() {
    return found;
  }

  void read(MapNode map, Position position) {
    Fields fields = new Fields(map, "Loop", reading).ignore("class");
    fields.required("loopWhen");
    ExpressionText when = fields.expression("loopWhen");
    List<Loop.LoopInput> inputs = new ArrayList<>();
    for (MapNode item : fields.items("loop", "id", "loopSource")) {
      inputs.add(input(item));
    }
    Loop.OutputMethod method =
        fields.symbol(
            "outputMethod", Map.of("last", Loop.OutputMethod.LAST, "all", Loop.OutputMethod.ALL));
    fields.done();
    found =
        new Loop(
            when == null ? new ExpressionText("$(false)", position) : when,
            inputs,
            method == null ? Loop.OutputMethod.LAST : method,
            position);
  }

  private Loop.LoopInput input(MapNode map) {
    Fields fields = new Fields(map, "loop input", reading);
    fields.required("id");
    String id = fields.string("id");
    Node defaultNode = fields.node("default");
    Loop.LoopInput input =
        new Loop.LoopInput(
            id == null ? "" : Names.last(id),
            fields.strings("loopSource").stream().map(Names::last).toList(),
            fields.node("loopSource") instanceof ListNode,
            fields.symbol("linkMerge", LinkReader.LINK_MERGE),
            fields.symbol("pickValue", LinkReader.PICK_VALUE),
            defaultNode == null ? null : reading.values().value(defaultNode),
            fields.expression("valueFrom"),
            map.position());
    fields.done();
    return input;
  }
}
