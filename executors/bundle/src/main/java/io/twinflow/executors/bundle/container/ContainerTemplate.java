package io.twinflow.executors.bundle.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command lines of a container engine, with placeholders: {@code {image}}, {@code {workdir}},
 * {@code {key}} of the attempt, {@code {folder}} of the attempt on the node, {@code {out}} which is
 * mounted at the workdir, {@code {user}} as uid:gid; and, as words of their own, {@code {mounts}},
 * {@code {env}}, {@code {network}}, {@code {gpus}}, {@code {stdin}}, {@code {identity}} and {@code
 * {command}}, each of which may stand for several words or for none.
 *
 * @param name for people
 * @param prepare a command that sees that the image is there, before the tool is started; its last
 *     line is the image's digest; {@code {how}} (pull, load, import, present) and {@code {source}}
 *     say where it is from; may be empty
 * @param run the command that becomes the tool
 * @param remove a command that removes what a stop may have left; may be empty
 * @param mount words for each mount, with {@code {source}}, {@code {target}} and {@code {mode}} (ro
 *     or rw), or {@code {ro}} between commas, which is missing where the mount is no such one
 * @param noNetwork what {@code {network}} stands for when the tool may have none
 * @param gpus what {@code {gpus}} stands for when the tool asks for some
 * @param images how {@code {image}} is written
 * @param refusal how a failure of the engine is told from one of the tool
 * @param environment of the engine's own program on the node, beside HOME and PATH
 */
public record ContainerTemplate(
    String name,
    List<String> prepare,
    List<String> run,
    List<String> remove,
    List<String> mount,
    List<String> noNetwork,
    List<String> gpus,
    Variables variables,
    Images images,
    Refusal refusal,
    Map<String, String> environment) {

  static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\{)\\{[a-z]+\\}");

  /** Stand for any number of words, and so are words of their own. */
  static final Set<String> LISTS =
      Set.of("{mounts}", "{env}", "{network}", "{gpus}", "{stdin}", "{identity}", "{command}");

  private static final Set<String> PARTS =
      Set.of("{image}", "{workdir}", "{key}", "{folder}", "{out}", "{user}");
  private static final Set<String> OF_MOUNT = Set.of("{source}", "{target}", "{mode}", "{ro}");
  private static final Set<String> OF_IMAGE = Set.of("{image}", "{folder}", "{how}", "{source}");

  public ContainerTemplate {
    prepare = List.copyOf(prepare);
    run = List.copyOf(run);
    remove = List.copyOf(remove);
    mount = List.copyOf(mount);
    noNetwork = List.copyOf(noNetwork);
    gpus = List.copyOf(gpus);
    environment = Map.copyOf(environment);
    check("run", run, PARTS, LISTS);
    check("remove", remove, PARTS, Set.of());
    check("prepare", prepare, OF_IMAGE, Set.of());
    check("mount", mount, OF_MOUNT, Set.of());
    for (String needed : List.of("{command}", "{mounts}", "{env}")) {
      if (!run.contains(needed)) {
        throw lacks("run", needed, run);
      }
    }
    mustHave("run", "{image}", run);
    mustHave("mount", "{source}", mount);
    mustHave("mount", "{target}", mount);
    if (variables instanceof Variables.Names names) {
      mustHave("variable", "{name}", names.words());
    }
  }

  private static void mustHave(String field, String needed, List<String> words) {
    if (words.stream().noneMatch(word -> word.contains(needed))) {
      throw lacks(field, needed, words);
    }
  }

  private static IllegalArgumentException lacks(String field, String needed, List<String> words) {
    return new IllegalArgumentException(
        "the container template's %s has no word %s, and the tool needs it; found %s"
            .formatted(field, needed, words));
  }

  /** How the values of variables get into the container. */
  public sealed interface Variables {
    /** From a file that only its owner can read: words with {@code {file}}; lines NAME=value. */
    record File(List<String> words, List<String> byName) implements Variables {}

    /**
     * Each by its name, from the environment of the engine's program: words with {@code {name}}.
     */
    record Names(List<String> words) implements Variables {}

    /** From the environment of the engine's program, where they have this before their name. */
    record Prefix(String prefix) implements Variables {}
  }

  /** How {@code {image}} is written. */
  public enum Images {
    /** By the name that it has in the engine's store. */
    NAME,
    /** As docker://…, docker-archive:… or the name of a file. */
    ADDRESS,
    /** As a file in the attempt's folder, which is made by what prepares it. */
    FILE
  }

  /** How a failure of the engine itself is told. */
  public sealed interface Refusal {
    /** It writes a file named {@code container} into the attempt's folder once the tool runs. */
    record NotStarted() implements Refusal {}

    /** The last line on standard error begins like this. */
    record Says(String words) implements Refusal {}

    /** It cannot be told. */
    record Silent() implements Refusal {}
  }

  public ContainerTemplate withEnvironment(Map<String, String> variables) {
    return new ContainerTemplate(
        name,
        prepare,
        run,
        remove,
        mount,
        noNetwork,
        gpus,
        this.variables,
        images,
        refusal,
        variables);
  }

  private static void check(
      String field, List<String> words, Set<String> parts, Set<String> lists) {
    for (String word : words) {
      if (lists.contains(word)) {
        continue;
      }
      List<String> unknown = new ArrayList<>();
      Matcher found = PLACEHOLDER.matcher(word);
      while (found.find()) {
        if (!parts.contains(found.group())) {
          unknown.add(found.group());
        }
      }
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            "the container template's %s has the word '%s' with %s; expected %s%s"
                .formatted(
                    field,
                    word,
                    String.join(", ", unknown),
                    new TreeSet<>(parts),
                    lists.isEmpty() ? "" : ", or as words of their own " + new TreeSet<>(lists)));
      }
    }
  }
}
