package io.twinflow.executors.local.container;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.local.files.BindMount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engine's command line for one attempt. */
public record RunCommand(ContainerEngine engine, EngineLimits limits, String user) {

  /** Variables that the engine's own program reads; they are given in a file. */
  private static final Set<String> CLIENTS =
      Set.of("HOME", "PATH", "TMPDIR", "LANG", "LANGUAGE", "USER", "LOGNAME", "BUILDAH_ISOLATION");

  /**
   * @param variables the file for those of {@link #forFile}; null if there are none
   */
  public List<String> arguments(
      TaskSpec task, String image, List<BindMount> mounts, @Nullable Path variables) {
    List<String> command = new ArrayList<>();
    command.add(engine.name());
    command.add("run");
    command.addAll(List.of("--name", task.attempt().value()));
    label(command, "installation", task.attempt().installation());
    label(command, "run", task.attempt().run());
    label(command, "attempt", task.attempt().value());
    command.addAll(List.of("--pull", "never", "--log-driver", "none"));
    if (engine.isPodman() && !user.startsWith("0:")) {
      command.add("--userns=keep-id");
    }
    command.addAll(List.of("--user", user));
    command.addAll(List.of("--workdir", task.layout().outdir()));
    if (!task.networkAccess()) {
      command.addAll(List.of("--network", "none"));
    }
    limits(command, task.resources());
    if (task.stdin() != null) {
      command.add("--interactive");
    }
    for (BindMount mount : mounts) {
      command.addAll(List.of("--mount", mount(mount)));
    }
    if (variables != null) {
      command.addAll(List.of("--env-file", variables.toString()));
    }
    task.environment()
        .forEach((name, value) -> {
          if (passedByName(name)) {
            command.addAll(List.of("--env", name));
          } else if (isPlace(task, name, value)) {
            command.addAll(List.of("--env", name + "=" + value));
          }
        });
    command.add(image);
    command.addAll(task.command());
    return command;
  }

  /** Adds the values of those variables that the arguments only name: others may read arguments. */
  public static void passValues(TaskSpec task, Map<String, String> clientEnvironment) {
    task.environment()
        .forEach((name, value) -> {
          if (passedByName(name)) {
            clientEnvironment.put(name, value);
          }
        });
  }

  /**
   * Those variables that the client would take for its own if they were in its environment.
   *
   * @throws AttemptFailure if one has several lines, which such a file cannot hold
   */
  public static String forFile(TaskSpec task) throws AttemptFailure {
    StringBuilder lines = new StringBuilder();
    for (var variable : task.environment().entrySet()) {
      String name = variable.getKey();
      String value = variable.getValue();
      if (!passedByName(name) && !isPlace(task, name, value)) {
        if (value.contains("\n")) {
          throw new AttemptFailure(
              FailureKind.USER,
              "the variable %s has several lines, and container engines take a variable of that name in one line only; give the tool another name or a file"
                  .formatted(name));
        }
        lines.append(name).append('=').append(value).append('\n');
      }
    }
    return lines.toString();
  }

  /** The folders of the attempt, which everybody may see. */
  private static boolean isPlace(TaskSpec task, String name, String value) {
    return (name.equals("HOME") && value.equals(task.layout().outdir()))
        || (name.equals("TMPDIR") && value.equals(task.layout().tmpdir()));
  }

  private static boolean passedByName(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return !CLIENTS.contains(upper)
        && !upper.endsWith("_PROXY")
        && List.of("DOCKER", "CONTAINER", "PODMAN", "XDG_", "LC_", "LD_", "GO", "SSH_", "TWINFLOW_")
            .stream()
            .noneMatch(upper::startsWith);
  }

  /** Whether a tool may have what it asks for, and no more. */
  public boolean limitsMemory(ResourceRequest request) {
    // CWL's default of 256 MiB is what to reserve when nobody knows, not what a tool may have.
    return limits.memory() && request.memoryMiB() != ResourceRequest.DEFAULT.memoryMiB();
  }

  private void limits(List<String> command, ResourceRequest request) {
    if (limitsMemory(request)) {
      command.addAll(List.of("--memory", Math.max(6, request.memoryMiB()) + "m"));
    }
    if (limits.cpus()) {
      double cpus = Math.clamp(request.cores(), 0.01, Runtime.getRuntime().availableProcessors());
      command.addAll(List.of("--cpus", String.format(Locale.ROOT, "%.2f", cpus)));
    }
    if (request.gpus() > 0) {
      // Podman knows GPUs by the names of the Container Device Interface, and not by number.
      command.addAll(
          engine.isPodman()
              ? List.of("--device", "nvidia.com/gpu=all")
              : List.of("--gpus", Integer.toString(request.gpus())));
    }
  }

  private static void label(List<String> command, String name, String value) {
    command.addAll(List.of("--label", "io.twinflow." + name + "=" + value));
  }

  /** Comma-separated values, so a path with a comma or a quote needs quotes (RFC 4180). */
  private static String mount(BindMount mount) {
    String text =
        "type=bind," + quoted("source=" + mount.host()) + "," + quoted("target=" + mount.tool());
    return mount.readOnly() ? text + ",readonly" : text;
  }

  private static String quoted(String field) {
    return '"' + field.replace("\"", "\"\"") + '"';
  }
}
