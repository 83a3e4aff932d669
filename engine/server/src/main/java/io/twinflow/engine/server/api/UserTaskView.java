package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.bpmn.UserTask;
import io.twinflow.workflowdefs.bpmn.FormField;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Work that a process has for a person. */
@Schema(name = "UserTask")
@JsonInclude(JsonInclude.Include.NON_NULL)
record UserTaskView(
    String id,
    @Schema(description = "The process that waits for it.") String run,
    @Schema(description = "Its id in the document.") String activity,
    @Nullable @Schema(description = "What is to be done.") String name,
    @Nullable @Schema(description = "Whose it is; missing as long as nobody has claimed it.")
        String assignee,
    @Schema(description = "Who may claim it.") List<String> candidateUsers,
    @Schema(description = "Whose members may claim it.") List<String> candidateGroups,
    @Schema(description = "UTC.") Instant created,
    @Nullable @Schema(description = "By when, UTC.") Instant due,
    @Schema(description = "Whether that is over.") boolean overdue,
    @Nullable @Schema(description = "What is asked for; not in lists.") List<Field> form,
    Map<String, String> links) {

  /** What a person is asked for. */
  @Schema(name = "UserTaskField")
  record Field(
      String name,
      @Schema(
              allowableValues = {
                "text", "integer", "number", "boolean", "date", "choice", "file", "any"
              })
          String type,
      String label,
      boolean required,
      @Schema(description = "What can be chosen; empty for all other types.")
          List<String> options) {

    private static Field of(FormField field) {
      return new Field(
          field.name(),
          field.type().name().toLowerCase(Locale.ROOT),
          field.label(),
          field.required(),
          field.options());
    }
  }

  static UserTaskView inList(UserTask task) {
    return of(task, null);
  }

  static UserTaskView with(UserTask task, List<FormField> form) {
    return of(task, form.stream().map(Field::of).toList());
  }

  private static UserTaskView of(UserTask task, @Nullable List<Field> form) {
    String self = Paths.ROOT + "/tasks/" + task.id();
    return new UserTaskView(
        task.id(),
        task.instance(),
        task.activity(),
        task.name(),
        task.assignee(),
        task.candidateUsers(),
        task.candidateGroups(),
        task.created(),
        task.due(),
        task.due() != null && task.due().isBefore(Instant.now()),
        form,
        Map.of("self", self, "run", Paths.run(task.instance())));
  }
}
