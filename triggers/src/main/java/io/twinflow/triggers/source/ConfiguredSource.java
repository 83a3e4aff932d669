package io.twinflow.triggers.source;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.bucket.Sweep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source and what its administrator says about it.
 *
 * @param contentType the media type of messages that do not say theirs; null for none
 * @param sweep lists the bucket of whose objects it tells; null if nobody does
 * @param subjects whose triggers it is for; {@link #EVERYONE} for all, none for administrators
 */
public record ConfiguredSource(
    String name,
    Source source,
    Format format,
    @Nullable String contentType,
    @Nullable Sweep sweep,
    List<String> subjects)
    implements AutoCloseable {

  public static final String EVERYONE = "everyone";

  public ConfiguredSource {
    subjects = List.copyOf(subjects);
  }

  /** Nothing is given to an intake when this has returned. */
  @Override
  public void close() {
    source.close();
    if (sweep != null) {
      sweep.close();
    }
  }

  /** Looks whether all that it needs is there. */
  public List<Finding> check() {
    List<Finding> findings = new ArrayList<>(source.check());
    if (sweep != null) {
      findings.addAll(sweep.check());
    }
    return findings;
  }

  public boolean isFor(String subject) {
    return subjects.contains(EVERYONE) || subjects.contains(subject);
  }
}
