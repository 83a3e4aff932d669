package io.twinflow.executors.bundle.container;

import static io.twinflow.executors.bundle.ShellWords.quote;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.container.ContainerTemplate.Refusal;
import io.twinflow.executors.bundle.files.ToolPaths.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code bundle.sh} is told about a tool that runs in a container, line by line. */
public final class ContainerRun {

  private final ContainerTemplate template;
  private final TaskSpec task;
  private final ContainerPlan plan;
  private final ToolVariables variables;
  private final ContainerImage image;
  private final TemplateWords words;

  private ContainerRun(
      ContainerTemplate template, TaskSpec task, BundleFolder folder, ContainerPlan plan)
      throws AttemptFailure {
    ContainerSpec container = Objects.requireNonNull(task.container(), "container");
    this.template = template;
    this.task = task;
    this.plan = plan;
    this.variables = ToolVariables.of(template, task, folder);
    this.image = ContainerImage.of(template, container, folder);
    this.words = new TemplateWords(template, task, folder, image);
  }

  public static ContainerRun of(
      ContainerTemplate template, TaskSpec task, BundleFolder folder, ContainerPlan plan)
      throws AttemptFailure {
    return new ContainerRun(template, task, folder, plan);
  }

  /** Lines NAME=value for a file that only its owner may read; null if there is none. */
  public @Nullable String variablesFile() {
    return variables.file();
  }

  public String engine() {
    return template.name();
  }

  public String image() {
    return image.name();
  }

  /** How bundle.sh tells a failure of the engine: {@code started}, words, or nothing. */
  public String refusal() {
    return switch (template.refusal()) {
      case Refusal.NotStarted none -> "started";
      case Refusal.Says says -> says.words();
      case Refusal.Silent none -> "";
    };
  }

  /** Of the tool's standard input on the node. */
  public @Nullable String stdin() {
    String stdin = task.stdin();
    return stdin == null
        ? null
        : plan.paths().toHost(Path.of(stdin)).orElse(Path.of(stdin)).toString();
  }

  /** Checks what is mounted, and makes the points where it is. */
  public List<String> stage() {
    List<String> lines = new ArrayList<>();
    for (ContainerPlan.Bind bind : plan.binds()) {
      Path point = bind.point();
      if (point != null) {
        lines.add("bind " + quote(bind.source().toString()) + " " + quote(point.toString()));
      } else if (!plan.isOwn(bind.source())) {
        lines.add("bind " + quote(bind.source().toString()));
      }
    }
    return lines;
  }

  /** After the tool: where something was mounted, a link shows what stood there. */
  public List<String> leave() {
    List<String> lines = new ArrayList<>();
    for (ContainerPlan.Bind bind : plan.points().reversed()) {
      lines.add("unbind " + quote(bind.source().toString()) + " " + quote("" + bind.point()));
    }
    return lines;
  }

  /** What a path in the container is on the node. */
  public List<String> onHost() {
    List<String> lines = new ArrayList<>();
    for (Mount mount : plan.mapped()) {
      lines.add(
          "mapped %s %s \"$1\" && return 0"
              .formatted(quote(mount.tool().toString()), quote(mount.host().toString())));
    }
    lines.add("return 1");
    return lines;
  }

  /** What prepares the image, and says its digest. */
  public List<String> prepare() {
    return template.prepare().isEmpty()
        ? List.of()
        : List.of(client(), words.plain(template.prepare()));
  }

  /** What removes the container after a stop. */
  public List<String> remove() {
    return template.remove().isEmpty()
        ? List.of()
        : List.of(client(), words.plain(template.remove()));
  }

  /** Becomes the engine's program, and so the tool. */
  public List<String> tool() throws AttemptFailure {
    List<String> lines = new ArrayList<>();
    lines.add(client());
    if (task.resources().gpus() > 0) {
      lines.add("[ ! -r \"$here/surroundings\" ] || . \"$here/surroundings\"");
      lines.addAll(variables.ofGpus());
    }
    lines.addAll(variables.exports());
    lines.add("export TWINFLOW_ATTEMPT=" + quote(task.attempt().value()));
    lines.add("exec " + words.command(template.run(), plan, variables));
    return lines;
  }

  /** The surroundings of the engine's own program, on the node. */
  private String client() {
    StringBuilder line = new StringBuilder("eval \"HOME=~$(id -un)\"; export HOME");
    for (Map.Entry<String, String> variable : template.environment().entrySet()) {
      line.append("; export ").append(variable.getKey()).append('=');
      line.append(quote(variable.getValue()));
    }
    return line.toString();
  }
}
