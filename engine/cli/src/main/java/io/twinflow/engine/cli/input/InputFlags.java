package io.twinflow.engine.cli.input;

import io.twinflow.engine.cli.Invocation;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.check.TypeText;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sorts what stands after the workflow on a command line: flags that carry the names of its inputs,
 * the input file, and what remains for the command itself. Where an input and an option share a
 * name, the input is meant here; the option can stand before the workflow.
 */
public final class InputFlags {

  /**
   * @param files that hold inputs
   * @param options for the command
   * @param problems in sentences; empty if all is well
   */
  public record Sorted(
      List<String> files,
      Map<String, Value> values,
      List<String> options,
      boolean help,
      List<String> problems) {}

  private final Map<String, InputParameter> inputs = new LinkedHashMap<>();
  private final Options known;
  private final FlagValue values;
  private final Map<String, List<Value>> lists = new LinkedHashMap<>();
  private final Map<String, Value> single = new LinkedHashMap<>();
  private final List<String> files = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private boolean help;

  /**
   * The options of the command.
   *
   * @param names with their dashes
   * @param takesValue whether the one of that name is followed by a value
   * @param alsoAfter whether they may stand after the workflow
   */
  public record Options(Set<String> names, Predicate<String> takesValue, boolean alsoAfter) {}

  public InputFlags(List<InputParameter> inputs, Invocation invocation, Options known) {
    inputs.forEach(input -> this.inputs.put(input.name(), input));
    this.known = known;
    this.values = new FlagValue(invocation);
  }

  public Sorted sort(List<String> words) {
    Deque<String> left = new ArrayDeque<>(words);
    while (!left.isEmpty()) {
      String word = left.removeFirst();
      if (word.equals("--help") || word.equals("-h")) {
        help = true;
      } else if (word.startsWith("--") && word.length() > 2) {
        flag(word, left);
      } else if (word.startsWith("-") && word.length() > 1) {
        option(word, left);
      } else {
        files.add(word);
      }
    }
    Map<String, Value> all = new LinkedHashMap<>(single);
    lists.forEach((name, items) -> all.put(name, new ListValue(items)));
    return new Sorted(files, all, options, help, problems);
  }

  private void flag(String word, Deque<String> left) {
    int equals = word.indexOf('=');
    String name = word.substring(2, equals < 0 ? word.length() : equals);
    InputParameter input = inputs.get(name);
    if (input == null && name.startsWith("no-") && isBoolean(inputs.get(name.substring(3)))) {
      single.put(name.substring(3), BooleanValue.FALSE);
    } else if (input == null) {
      option(word, left);
    } else if (equals < 0 && isBoolean(input) && !isTruth(left.peekFirst())) {
      single.put(name, BooleanValue.TRUE);
    } else if (equals < 0 && left.isEmpty()) {
      problems.add(
          "--" + name + ": expected a value after it (" + TypeText.of(input.type()) + ").");
    } else {
      value(input, equals < 0 ? left.removeFirst() : word.substring(equals + 1));
    }
  }

  private static boolean isTruth(@org.jspecify.annotations.Nullable String word) {
    return "true".equals(word) || "false".equals(word);
  }

  private static boolean isBoolean(@org.jspecify.annotations.Nullable InputParameter input) {
    return input != null
        && alternatives(input.type()).allMatch(type -> type == CwlType.Primitive.BOOLEAN);
  }

  /** The types of an input, without null. */
  private static Stream<CwlType> alternatives(CwlType type) {
    return type instanceof CwlType.UnionType union
        ? union.alternatives().stream().filter(t -> t != CwlType.Primitive.NULL)
        : Stream.of(type);
  }

  private void value(InputParameter input, String text) {
    String name = input.name();
    List<CwlType> types = alternatives(input.type()).toList();
    try {
      if (types.size() == 1 && types.getFirst() instanceof CwlType.ArrayType array) {
        if (text.startsWith("[")
            && values.read(text, array) instanceof ListValue whole
            && isWhole(whole, array)) {
          lists.computeIfAbsent(name, k -> new ArrayList<>()).addAll(whole.items());
        } else {
          lists.computeIfAbsent(name, k -> new ArrayList<>()).add(values.read(text, array.items()));
        }
      } else if (single.containsKey(name)) {
        problems.add("--" + name + ": given twice; this input takes one value.");
      } else {
        single.put(name, values.read(text, input.type()));
      }
    } catch (FlagValue.Unfit e) {
      problems.add("--" + name + ": " + e.getMessage() + ", found '" + text + "'." + e.hint());
      single.putIfAbsent(name, NullValue.NULL);
    }
  }

  /** A list for an input of lists may be all of it, or one of its items. */
  private static boolean isWhole(ListValue list, CwlType.ArrayType array) {
    boolean ofLists =
        alternatives(array.items()).allMatch(type -> type instanceof CwlType.ArrayType);
    return !ofLists || list.items().stream().allMatch(item -> item instanceof ListValue);
  }

  private void option(String word, Deque<String> left) {
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    String name = equals < 0 ? word : word.substring(0, equals);
    if (!known.names().contains(name) || !known.alsoAfter()) {
      problems.add(
          known.names().contains(name)
              ? name + ": an option of the command stands before the workflow."
              : name + ": the workflow has no such input." + hint(name));
      if (equals < 0 && !left.isEmpty() && !left.getFirst().startsWith("-")) {
        left.removeFirst();
      }
      return;
    }
    options.add(word);
    if (equals < 0 && known.takesValue().test(name) && !left.isEmpty()) {
      options.add(left.removeFirst());
    }
  }

  private String hint(String name) {
    Set<String> flags = inputs.keySet().stream().map(n -> "--" + n).collect(Collectors.toSet());
    String near = NearestName.hint(name, flags);
    if (near.isEmpty()) {
      near =
          NearestName.hint(
              name, known.names().stream().filter(option -> option.startsWith("--")).toList());
    }
    return near.isEmpty() && !flags.isEmpty()
        ? " It has " + String.join(", ", flags.stream().sorted().limit(12).toList()) + "."
        : near;
  }
}
