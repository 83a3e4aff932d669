package io.twinflow.engine.dmn.feel;

import io.twinflow.workflowdefs.source.NearestName;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names that an expression can say. FEEL allows spaces and other characters in a name (DMN 1.5,
 * section 10.3.1.2), which can be read only by somebody who knows it.
 */
public final class KnownNames {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");

  private final Set<String> variables;
  private final List<Written> special;

  /** A name that is no plain word, with any white space between its parts. */
  private record Written(String name, Pattern pattern) {
    static Written of(String name) {
      String parts =
          Pattern.compile("\\s+")
              .splitAsStream(name.strip())
              .map(Pattern::quote)
              .collect(Collectors.joining("\\s+"));
      return new Written(name, Pattern.compile(parts + "(?![\\p{L}\\p{Nd}_])"));
    }
  }

  /**
   * @param variables what an expression may begin with
   * @param fields what may follow a dot
   */
  public KnownNames(Collection<String> variables, Collection<String> fields) {
    this.variables = new LinkedHashSet<>(variables);
    Set<String> all = new LinkedHashSet<>(variables);
    all.addAll(fields);
    special =
        all.stream()
            .filter(name -> !PLAIN.matcher(name).matches())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Written::of)
            .toList();
  }

  /** How many are looked for wherever a word begins. */
  int special() {
    return special.size();
  }

  boolean has(String variable) {
    return variables.contains(variable);
  }

  String hint(String wrong) {
    String near = NearestName.hint(wrong, variables);
    return near.isEmpty()
        ? variables.isEmpty()
            ? " This decision requires nothing: add an informationRequirement."
            : " Known are: %s. Others need an informationRequirement."
                .formatted(variables.stream().limit(20).collect(Collectors.joining(", ")))
        : near;
  }

  /** The longest special name that stands here, or null. */
  @Nullable String at(String text, int index) {
    for (Written written : special) {
      if (matcher(written, text, index).lookingAt()) {
        return written.name();
      }
    }
    return null;
  }

  /** Where a special name that stands here ends. */
  int end(String name, String text, int index) {
    Matcher matcher = matcher(Written.of(name), text, index);
    return matcher.lookingAt() ? matcher.end() : index;
  }

  private static Matcher matcher(Written written, String text, int index) {
    return written.pattern().matcher(text).region(index, text.length()).useTransparentBounds(true);
  }
}
