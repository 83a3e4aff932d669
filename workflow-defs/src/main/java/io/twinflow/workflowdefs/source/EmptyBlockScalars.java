package io.twinflow.workflowdefs.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Empty texts after {@code |} or {@code >}. YAML allows them; snakeyaml-engine 2.10 refuses one
 * that is followed by a line further out than its own map, as if that line were its text, too
 * little indented. The same text in quotes is put in its place and all is read again. Where the
 * line is text after all, it cannot stand behind quotes, and the refusal holds.
 */
final class EmptyBlockScalars {

  private static final String REFUSAL = "leading empty lines contain more spaces";
  private static final Pattern HEADER =
      Pattern.compile("[|>]([-+]?)(?=[ \\t]*(?:#[^\\n]*)?\\n)((?:[^\\n]*\\n)(?:[ \\t]*\\n)*)");

  /** Each mending reads the whole text again; so many characters in all. */
  private static final long MOST_READ = 50_000_000;

  private @Nullable MarkedYamlEngineException last;
  private long read;

  /** The text to read instead, or null if the failure is to be told. */
  @Nullable String mended(String text, MarkedYamlEngineException failure) {
    Mark header = failure.getContextMark().orElse(null);
    Mark next = failure.getProblemMark().orElse(null);
    read += text.length();
    if (!failure.getProblem().contains(REFUSAL)
        || header == null
        || next == null
        || read > MOST_READ) {
      return null;
    }
    int start = text.offsetByCodePoints(0, header.getIndex());
    int end = text.offsetByCodePoints(0, next.getIndex());
    Matcher matcher = HEADER.matcher(text).region(start, end - next.getColumn());
    if (!matcher.matches() || text.startsWith("#", end)) {
      return null;
    }
    last = failure;
    long emptyLines = matcher.group(2).chars().filter(c -> c == '\n').count() - 1;
    String value = matcher.group(1).equals("+") ? "\\n".repeat((int) emptyLines) : "";
    return text.substring(0, start)
        + '"'
        + value
        + '"'
        + text.substring(start + 1 + matcher.group(1).length());
  }

  /** The failure of a text that may have been mended, as the person who wrote it must see it. */
  MarkedYamlEngineException asWritten(MarkedYamlEngineException failure) {
    MarkedYamlEngineException refusal = last;
    return refusal != null && line(refusal) == line(failure) ? refusal : failure;
  }

  private static int line(MarkedYamlEngineException failure) {
    return failure.getProblemMark().map(Mark::getLine).orElse(-1);
  }
}
