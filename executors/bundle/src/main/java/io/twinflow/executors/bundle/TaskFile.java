package io.twinflow.executors.bundle;

import static io.twinflow.executors.bundle.ShellWords.quote;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.container.ContainerRun;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code bundle.sh} is told about one attempt: words that are functions there. */
public final class TaskFile {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** Shells keep these for themselves: some refuse to set them, and some set them anew. */
  private static final Set<String> SHELLS_OWN =
      Set.of("PPID", "UID", "EUID", "GID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO", "_", "SHLVL");

  /** What its site tells a job of its GPUs and nodes, as far as the site has put it down. */
  private static final String SURROUNDINGS =
      "[ ! -r \"$here/surroundings\" ] || . \"$here/surroundings\"";

  private final TaskSpec task;
  private final BundleFolder folder;
  private final List<Staging> staging;
  private final @Nullable ContainerRun container;
  private final List<Staging.WriteText> texts = new ArrayList<>();

  /**
   * @param staging of the task, with the folders opened that later entries put something into; with
   *     targets as the site knows them
   */
  public TaskFile(
      TaskSpec task, BundleFolder folder, List<Staging> staging, @Nullable ContainerRun container) {
    this.container = container;
    this.task = task;
    this.folder = folder;
    this.staging = staging;
  }

  public String text() throws AttemptFailure {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(task.name().replaceAll("\\R", " ")).append('\n');
    set(text, "key", task.attempt().value());
    set(text, "out", folder.out().toString());
    set(text, "in", folder.in().toString());
    set(text, "tmp", folder.tmp().toString());
    set(text, "needs_out", Long.toString(task.resources().outdirMiB()));
    set(text, "needs_tmp", Long.toString(task.resources().tmpdirMiB()));
    set(text, "limit", seconds(task.timeLimit()));
    set(text, "stdin", container == null ? task.stdin() : container.stdin());
    set(text, "stdout", inside("stdout", task.stdout()));
    set(text, "stderr", inside("stderr", task.stderr()));
    String program = program();
    if (hasPathOfImage()) {
      text.append("search=${PATH:-").append(USUAL_PATH).append("}\n");
    } else {
      set(text, "search", task.environment().getOrDefault("PATH", USUAL_PATH));
    }
    List<String> stage = stage();
    if (container == null) {
      set(text, "program", program);
      function(text, "stage", stage);
      function(text, "inputs", inputs());
      function(text, "tool", tool());
    } else {
      stage.addAll(container.stage());
      function(text, "stage", stage);
      addContainer(text, container);
    }
    return text.toString();
  }

  private void addContainer(StringBuilder text, ContainerRun run) throws AttemptFailure {
    set(text, "engine", run.engine());
    set(text, "image", run.image());
    set(text, "program", task.displayCommand().getFirst());
    set(text, "refusal", run.refusal());
    function(text, "prepare_image", run.prepare());
    function(text, "tool", run.tool());
    function(text, "remove_container", run.remove());
    function(text, "on_host", run.onHost());
    function(text, "leave_links", run.leave());
  }

  /** The script runs in the image already, whose environment is the tool's too. */
  private boolean hasPathOfImage() {
    return container == null && task.container() != null && !task.environment().containsKey("PATH");
  }

  /** In the order in which {@link #text} numbers them, from 1. */
  public List<Staging.WriteText> texts() {
    return texts;
  }

  private static void set(StringBuilder text, String name, @Nullable String value) {
    text.append(name).append('=').append(quote(value == null ? "" : value)).append('\n');
  }

  private static void function(StringBuilder text, String name, List<String> lines) {
    text.append(name).append("() {\n  :\n");
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    text.append("}\n");
  }

  private static @Nullable String seconds(@Nullable Duration limit) {
    return limit == null
        ? null
        : BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private String program() throws AttemptFailure {
    String program = task.command().isEmpty() ? "" : task.command().getFirst();
    if (program.isEmpty()) {
      throw new AttemptFailure(FailureKind.USER, "the command is empty");
    }
    return program;
  }

  private @Nullable String inside(String stream, @Nullable String file) throws AttemptFailure {
    if (file == null) {
      return null;
    }
    Path path = folder.out().resolve(file).normalize();
    if (!path.startsWith(folder.out()) || path.equals(folder.out())) {
      throw new AttemptFailure(
          FailureKind.USER,
          "%s goes to '%s', which is not in the working folder".formatted(stream, file));
    }
    return folder.out().relativize(path).toString();
  }

  private List<String> stage() throws AttemptFailure {
    List<String> lines = new ArrayList<>();
    for (Staging entry : staging) {
      String target = quote(target(entry.target()));
      lines.add(
          switch (entry) {
            case Staging.Link link -> "link " + quote(source(link.source())) + " " + target;
            case Staging.InPlace thing -> "link " + quote(source(thing.source())) + " " + target;
            case Staging.Copy copy -> "copy " + quote(source(copy.source())) + " " + target;
            case Staging.MakeDirectory made -> "folder " + target;
            case Staging.WriteText written -> {
              texts.add(written);
              yield "text " + texts.size() + " " + target + (written.secret() ? " 600" : "");
            }
          });
    }
    return lines;
  }

  private static String source(URI source) throws AttemptFailure {
    if (!"file".equals(source.getScheme())) {
      throw new AttemptFailure(
          FailureKind.USER,
          "cannot fetch input %s: this site reads its shared folder only (file:)"
              .formatted(source));
    }
    return Path.of(source).toString();
  }

  private String target(String text) throws AttemptFailure {
    Path target = Path.of(text).normalize();
    List<Path> roots = List.of(folder.out(), folder.in(), folder.tmp(), folder.mounts());
    if (roots.stream().noneMatch(target::startsWith) || roots.contains(target)) {
      throw new AttemptFailure(
          FailureKind.USER,
          "cannot put an input at %s: without a container, inputs go below %s only"
              .formatted(text, roots));
    }
    return target.toString();
  }

  /** What is staged as a link is the tool's to read, unless something in it is its to change. */
  private List<String> inputs() {
    List<Path> meant = new ArrayList<>();
    for (Staging entry : staging) {
      if (entry instanceof Staging.InPlace thing) {
        meant.add(Path.of(thing.source()));
      }
    }
    List<String> lines = new ArrayList<>();
    for (Staging entry : staging) {
      if (entry instanceof Staging.Link link) {
        Path source = Path.of(link.source());
        if (meant.stream().noneMatch(m -> m.startsWith(source) || source.startsWith(m))) {
          lines.add("look " + quote(source.toString()));
        }
      }
    }
    return lines;
  }

  private List<String> tool() {
    List<String> lines = new ArrayList<>();
    StringBuilder odd = new StringBuilder();
    lines.add("unset PWD OLDPWD SHLVL");
    if (task.resources().gpus() > 0 || task.resources().processes() > 1) {
      lines.add(SURROUNDINGS);
    }
    for (Map.Entry<String, String> variable : task.environment().entrySet()) {
      String name = variable.getKey();
      if (NAME.matcher(name).matches() && !SHELLS_OWN.contains(name)) {
        lines.add("export " + name + "=" + quote(variable.getValue()));
      } else {
        odd.append(' ').append(quote(name + "=" + variable.getValue()));
      }
    }
    lines.add("export TWINFLOW_ATTEMPT=" + quote(task.attempt().value()));
    String program = quote(task.command().getFirst());
    if (!task.environment().containsKey("PATH") && !hasPathOfImage()) {
      lines.add("unset PATH");
      program = "\"$path\"";
    }
    String through = odd.isEmpty() ? "" : "/usr/bin/env" + odd + " ";
    List<String> arguments = task.command().subList(1, task.command().size());
    lines.add(("exec " + through + program + " " + ShellWords.quoteAll(arguments)).stripTrailing());
    return lines;
  }
}
