package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.TotalLimits;
import org.jspecify.annotations.Nullable;

/**
 * What one load has read so far. Beyond a bound everything more is refused, with the same words.
 */
final class Total {

  private final TotalLimits limits;
  private long files;
  private long bytes;
  private long values;
  private long characters;
  private @Nullable Problem exceeded;

  Total(TotalLimits limits) {
    this.limits = limits;
  }

  void fetching(Position at) throws InvalidDefinitionException {
    files++;
    check(files, limits.files(), "files are read", at);
  }

  void fetched(long more, Position at) throws InvalidDefinitionException {
    bytes += more;
    check(bytes, limits.bytes(), "bytes are read", at);
  }

  void put(long moreValues, long moreCharacters, Position at) throws InvalidDefinitionException {
    values += moreValues;
    characters += moreCharacters;
    check(values, limits.values(), "values stand in it", at);
    check(characters, limits.characters(), "characters stand in it", at);
  }

  /** Where a refusal would otherwise be a warning. */
  void throwIfExceeded() throws InvalidDefinitionException {
    if (exceeded != null) {
      throw new InvalidDefinitionException(exceeded);
    }
  }

  private void check(long found, long bound, String what, Position at)
      throws InvalidDefinitionException {
    if (found > bound && exceeded == null) {
      exceeded =
          Problem.error(
              at,
              "the definition is too large: with this, %,d %s, all its files, aliases, $import and $include put in place; the bound is %,d. Split it into workflows that run one after the other."
                  .formatted(found, what, bound));
    }
    throwIfExceeded();
  }
}
