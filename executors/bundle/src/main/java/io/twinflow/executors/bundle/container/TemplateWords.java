package io.twinflow.executors.bundle.container;

import static io.twinflow.executors.bundle.ShellWords.quote;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Fills a template in: what comes out are words of a shell. */
record TemplateWords(
    ContainerTemplate template, TaskSpec task, BundleFolder folder, ContainerImage image) {

  /** Those of a rootless user are the caller's in the container, too. */
  private static final String IDENTITY =
      "$([ \"$(id -u)\" -eq 0 ] || printf '%s' --userns=keep-id)";

  String plain(List<String> words) {
    return words.stream().map(this::filled).collect(Collectors.joining(" "));
  }

  String command(List<String> words, ContainerPlan plan, ToolVariables variables)
      throws AttemptFailure {
    List<String> all = new ArrayList<>();
    for (String word : words) {
      switch (word) {
        case "{mounts}" -> {
          for (ContainerPlan.Bind bind : plan.binds()) {
            all.addAll(mount(bind));
          }
        }
        case "{env}" -> variables.options().forEach(option -> all.add(quote(option)));
        case "{network}" -> {
          if (!task.networkAccess()) {
            template.noNetwork().forEach(option -> all.add(quote(option)));
          }
        }
        case "{gpus}" -> {
          if (task.resources().gpus() > 0) {
            template.gpus().forEach(option -> all.add(quote(option)));
          }
        }
        case "{stdin}" -> {
          if (task.stdin() != null) {
            all.add("--interactive");
          }
        }
        case "{identity}" -> all.add(IDENTITY);
        case "{command}" -> task.command().forEach(part -> all.add(quote(part)));
        default -> all.add(filled(word));
      }
    }
    return String.join(" ", all);
  }

  private String filled(String word) {
    if (word.equals("{user}")) {
      return "\"$(id -u):$(id -g)\"";
    }
    return quote(
        filled(
            word,
            Map.of(
                "{image}", image.name(),
                "{how}", image.how(),
                "{source}", image.source(),
                "{workdir}", task.layout().outdir(),
                "{key}", task.attempt().value(),
                "{folder}", folder.path().toString(),
                "{out}", folder.out().toString())));
  }

  /** What is put in for one placeholder may look like another one. */
  private static String filled(String word, Map<String, String> values) {
    return ContainerTemplate.PLACEHOLDER
        .matcher(word)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(), found.group())));
  }

  private List<String> mount(ContainerPlan.Bind bind) throws AttemptFailure {
    List<String> words = new ArrayList<>();
    for (String word : template.mount()) {
      List<String> fields = new ArrayList<>();
      for (String field : Arrays.asList(word.split(",", -1))) {
        if (!field.equals("{ro}") || bind.readOnly()) {
          fields.add(field(field, bind, word.contains("source={source},")));
        }
      }
      words.add(quote(String.join(",", fields)));
    }
    return words;
  }

  /** A value with a comma or a quote needs quotes among comma-separated values (RFC 4180). */
  private String field(String field, ContainerPlan.Bind bind, boolean csv) throws AttemptFailure {
    String source = bind.source().toString();
    String target = bind.target().toString();
    if (!csv && field.contains("{source}:") && (source + target).matches("(?s).*[:,].*")) {
      throw new AttemptFailure(
          FailureKind.USER,
          "%s cannot mount %s at %s: expected names without ':' and ','"
              .formatted(template.name(), source, target));
    }
    String text =
        filled(
            field,
            Map.of(
                "{mode}",
                bind.readOnly() ? "ro" : "rw",
                "{ro}",
                "ro",
                "{source}",
                source,
                "{target}",
                target));
    return csv && text.matches("(?s).*[,\"\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
