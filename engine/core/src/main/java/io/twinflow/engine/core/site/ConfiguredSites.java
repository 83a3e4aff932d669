package io.twinflow.engine.core.site;

import io.twinflow.executors.api.Executor;
import io.twinflow.workflowdefs.source.NearestName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sites that an engine may use, in the order of the configuration; whoever opened them closes
 * them, after the engine.
 *
 * @param entries at least one, with names that differ
 */
public record ConfiguredSites(List<Entry> entries, SitePolicy policy) implements AutoCloseable {

  public ConfiguredSites {
    entries = List.copyOf(entries);
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      if (!names.add(entry.name())) {
        throw new IllegalArgumentException("two sites are called " + entry.name());
      }
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("an engine needs a site");
    }
  }

  /** One site and what is said of it. */
  public record Entry(Executor executor, SiteTerms terms) {
    public String name() {
      return executor.site();
    }
  }

  public Entry first() {
    return entries.getFirst();
  }

  /** Why nobody can name a site so; empty if there is one of this name. */
  public Optional<String> whyNot(String name) {
    List<String> names = entries.stream().map(Entry::name).toList();
    return names.contains(name)
        ? Optional.empty()
        : Optional.of(
            "there is no site %s; expected one of %s.%s Others are added under sites: in the configuration"
                .formatted(name, String.join(", ", names), NearestName.hint(name, names)));
  }

  @Override
  public void close() {
    entries.forEach(entry -> entry.executor().close());
  }

  /** Everything goes there. */
  public static ConfiguredSites only(Executor executor) {
    return new ConfiguredSites(List.of(new Entry(executor, SiteTerms.NONE)), SitePolicy.FIRST);
  }
}
