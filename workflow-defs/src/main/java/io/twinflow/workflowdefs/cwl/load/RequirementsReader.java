package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requirements and hints of a process or a step. */
final class RequirementsReader {

  /** What was read; a loop is the step's own. */
  record Found(Requirements requirements, @Nullable Loop loop) {}

  private final Reading reading;
  private final CwlVersion version;

  RequirementsReader(Reading reading, CwlVersion version) {
    this.reading = reading;
    this.version = version;
  }

  Found read(Fields fields) {
    LoopReader loops = new LoopReader(reading);
    List<Requirement> required = read(fields, "requirements", loops);
    List<Requirement> hinted = read(fields, "hints", loops);
    return new Found(new Requirements(required, hinted), loops.found());
  }

  private List<Requirement> read(Fields fields, String field, LoopReader loops) {
    List<Requirement> list = new ArrayList<>();
    for (MapNode map : fields.items(field, "class", null)) {
      String name = map.string("class");
      if (name == null) {
        reading.error(map.position(), "the field \"class\" is missing in this requirement.");
        continue;
      }
      Node classNode = map.get("class");
      Position position = classNode == null ? map.position() : classNode.position();
      String full = reading.documents().expand(name, position);
      String key = RequirementClasses.key(full);
      if (key.equals("Loop")) {
        if (field.equals("hints")) {
          reading.error(
              position, "a Loop belongs to the requirements of a step, not to its hints.");
        }
        loops.read(map, position);
        continue;
      }
      RequirementClasses.Reader reader = RequirementClasses.find(key);
      if (reader == null) {
        unknown(field, name, position);
        continue;
      }
      Fields inner = new Fields(map, name, reading).ignore("class");
      Requirement requirement = reader.read(inner, position, reading, version);
      inner.done();
      if (requirement == null) {
        continue;
      }
      if (list.removeIf(r -> r.getClass() == requirement.getClass())) {
        reading
            .problems()
            .warning(
                position,
                "the " + name + " stands twice in \"" + field + "\"; this one holds, the last.");
      }
      list.add(requirement);
    }
    return list;
  }

  private void unknown(String field, String name, Position position) {
    String hint = NearestName.hint(name, RequirementClasses.names());
    if (field.equals("hints")) {
      reading
          .problems()
          .warning(position, "the hint \"" + name + "\" is unknown here and is ignored." + hint);
    } else {
      reading
          .problems()
          .unsupported(
              position,
              "the requirement \""
                  + name
                  + "\" is not supported."
                  + hint
                  + " If the tool also works without it, move it to \"hints\".");
    }
  }
}
