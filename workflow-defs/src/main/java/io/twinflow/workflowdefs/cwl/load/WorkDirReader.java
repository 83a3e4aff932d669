package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirement.WorkDirEntry;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.ArrayList;
import java.util.List;

/** InitialWorkDirRequirement in all its forms. */
final class WorkDirReader {

  private final Reading reading;

  WorkDirReader(Reading reading) {
    this.reading = reading;
  }

  Requirement read(Fields fields, Position position) {
    List<WorkDirEntry> entries = new ArrayList<>();
    switch (fields.required("listing")) {
      case null -> {}
      case ListNode list -> list.items().forEach(item -> add(item, entries));
      case ScalarNode scalar -> add(scalar, entries);
      case MapNode map -> add(map, entries);
    }
    return new Requirement.InitialWorkDir(entries, position);
  }

  private void add(Node item, List<WorkDirEntry> entries) {
    switch (item) {
      case ListNode list -> list.items().forEach(inner -> add(inner, entries));
      case ScalarNode scalar -> {
        if (scalar.kind() == ScalarNode.Kind.STRING) {
          entries.add(
              new WorkDirEntry.FromExpression(
                  new ExpressionText(scalar.text(), scalar.position())));
        } else if (!scalar.isNull()) {
          wrong(scalar);
        }
      }
      case MapNode map -> {
        if (map.has("class")) {
          entries.add(new WorkDirEntry.Literal(reading.values().value(map), map.position()));
        } else {
          dirent(map, entries);
        }
      }
    }
  }

  private void dirent(MapNode map, List<WorkDirEntry> entries) {
    Fields fields = new Fields(map, "Dirent", reading);
    fields.required("entry");
    ExpressionText name = fields.expression("entryname");
    ExpressionText entry = fields.expression("entry");
    boolean writable = fields.bool("writable", false);
    fields.done();
    if (entry != null) {
      entries.add(new WorkDirEntry.Dirent(name, entry, writable, map.position()));
    }
  }

  private void wrong(Node node) {
    reading.error(
        node.position(),
        "expected an expression, a File, a Directory or a map with \"entry\" in \"listing\", found "
            + node.describe()
            + ".");
  }
}
