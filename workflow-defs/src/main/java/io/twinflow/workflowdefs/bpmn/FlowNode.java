package io.twinflow.workflowdefs.bpmn;

import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands between the arrows of a process. BPMN 2.0, sections 10.3 to 10.6. */
public sealed interface FlowNode {

  Info info();

  default String id() {
    return info().id();
  }

  default Position position() {
    return info().position();
  }

  /** What every node has. */
  record Info(String id, @Nullable String name, Position position) {}

  /** Where a process or sub-process begins. */
  record StartEvent(Info info, EventDefinition event, boolean interrupting) implements FlowNode {}

  record EndEvent(Info info, EventDefinition event) implements FlowNode {}

  /** Waits for something on the way. */
  record CatchEvent(Info info, EventDefinition event) implements FlowNode {}

  /** Tells something on the way. */
  record ThrowEvent(Info info, EventDefinition event) implements FlowNode {}

  /** Waits for something while an activity goes on. */
  record BoundaryEvent(Info info, String attachedTo, boolean interrupting, EventDefinition event)
      implements FlowNode {}

  /**
   * @param defaultFlow the arrow that is taken if no condition holds
   */
  record Gateway(Info info, Kind kind, @Nullable String defaultFlow) implements FlowNode {

    /** How a gateway chooses among its arrows. */
    public enum Kind {
      EXCLUSIVE,
      INCLUSIVE,
      PARALLEL,
      EVENT_BASED
    }
  }

  /** What takes time. */
  sealed interface Activity extends FlowNode {
    Traits traits();
  }

  /**
   * What every activity has.
   *
   * @param defaultFlow the arrow that is taken if no condition holds
   * @param repetition null if it is done once
   * @param forCompensation whether it undoes another one, and no arrow leads to it
   */
  record Traits(
      @Nullable String defaultFlow, @Nullable Repetition repetition, boolean forCompensation) {}

  /** Work for a person. */
  record UserTask(Info info, Traits traits, Assignment assignment, List<FormField> form)
      implements Activity {
    public UserTask {
      form = List.copyOf(form);
    }
  }

  /** Work for a machine, which the process waits for. */
  record ServiceTask(Info info, Traits traits, Work work) implements Activity {}

  /** Waits for a message. */
  record ReceiveTask(Info info, Traits traits, String message) implements Activity {}

  /**
   * @param onEvent an event sub-process: it is started by its start event, not by an arrow
   */
  record SubProcess(Info info, Traits traits, boolean onEvent, FlowScope body)
      implements Activity {}

  /** Runs another process of the same document, with a copy of the named variables. */
  record CallActivity(
      Info info, Traits traits, String process, List<Mapping> inputs, List<Output> outputs)
      implements Activity {
    public CallActivity {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * Whose work it is.
   *
   * @param assignee whose it is from the start, or null
   * @param candidateUsers who may claim it
   * @param candidateGroups whose members may claim it
   * @param due a duration from its creation or a date, or null
   */
  record Assignment(
      @Nullable Template assignee,
      List<Template> candidateUsers,
      List<Template> candidateGroups,
      @Nullable Template due) {
    public Assignment {
      candidateUsers = List.copyOf(candidateUsers);
      candidateGroups = List.copyOf(candidateGroups);
    }
  }
}
