package io.twinflow.triggers.source.folder;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.look.Look;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lists a folder and compares: a file that is as it was for a while is complete, and is told. What
 * was told before a restart is told again, and the inbox knows it.
 */
final class FolderLook implements Look {

  private static final int TOGETHER = 100;
  private static final Duration SOON = Duration.ofMillis(50);

  private final FolderOptions options;
  private final Clock clock;
  private final Consumer<List<Path>> folders;
  private final Map<String, Seen> seen = new HashMap<>();

  /**
   * @param folders is told which folders there are
   */
  FolderLook(FolderOptions options, Clock clock, Consumer<List<Path>> folders) {
    this.options = options;
    this.clock = clock;
    this.folders = folders;
  }

  /**
   * A file as it was when it was last looked at.
   *
   * @param since when it was first seen so
   * @param told whether it was given to the intake so
   */
  private record Seen(FoundFile file, Instant since, boolean told) {}

  @Override
  public Duration look(Intake intake) throws IOException {
    ListFolder.Listing listing = ListFolder.of(options.path(), options.most());
    folders.accept(listing.folders());
    Instant now = clock.instant();
    Instant settled = now.minus(options.settle());
    List<FoundFile> complete = new ArrayList<>();
    Duration pause = options.every();
    for (FoundFile file : listing.files()) {
      Seen one = seen(file, now);
      if (one.told()) {
        continue;
      }
      if (one.since().isAfter(settled)) {
        Duration left = Duration.between(settled, one.since()).plus(SOON);
        pause = left.compareTo(pause) < 0 ? left : pause;
      } else {
        complete.add(file);
      }
    }
    forgetAllBut(listing.files());
    tell(complete, intake);
    return pause;
  }

  private Seen seen(FoundFile file, Instant now) {
    return seen.merge(
        file.name(),
        new Seen(file, now, false),
        (before, one) -> file.isAs(before.file()) ? before : one);
  }

  private void forgetAllBut(List<FoundFile> files) {
    Set<String> there = new HashSet<>();
    files.forEach(file -> there.add(file.name()));
    seen.keySet().retainAll(there);
  }

  /** The oldest first. */
  private void tell(List<FoundFile> complete, Intake intake) throws IOException {
    complete.sort(Comparator.comparing(FoundFile::modified).thenComparing(FoundFile::name));
    for (int i = 0; i < complete.size(); i += TOGETHER) {
      List<FoundFile> some = complete.subList(i, Math.min(complete.size(), i + TOGETHER));
      intake.take(some.stream().map(file -> file.message(options.channel())).toList());
      for (FoundFile file : some) {
        seen.computeIfPresent(file.name(), (name, one) -> new Seen(one.file(), one.since(), true));
      }
    }
  }

  @Override
  public List<Finding> check() {
    try {
      ListFolder.Listing listing = ListFolder.of(options.path(), options.most());
      return List.of(
          Finding.good(
              "path",
              "%s has %d files in %d folders"
                  .formatted(options.path(), listing.files().size(), listing.folders().size())));
    } catch (IOException e) {
      return List.of(Finding.problem("path", String.valueOf(e.getMessage()), "mend path:"));
    }
  }
}
