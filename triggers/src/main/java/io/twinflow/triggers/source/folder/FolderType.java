package io.twinflow.triggers.source.folder;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** {@code type: folder} in the configuration. */
public final class FolderType implements SourceType {

  private static final Duration SETTLE = Duration.ofSeconds(5);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int MOST = 100_000;

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public boolean makesEvents() {
    return true;
  }

  @Override
  public Source open(Settings settings) throws InvalidSettingException {
    Path path =
        settings
            .folder("path")
            .orElseThrow(() -> settings.wrong("path", "the folder into which files come"));
    Duration settle = settings.timeFromOneSecond("settle").orElse(SETTLE);
    Duration every = settings.timeFromOneSecond("every").orElse(EVERY);
    int most = settings.count("most", 1).orElse(MOST);
    return new FolderSource(
        settings.name(), new FolderOptions(path, settle, every, most), Clock.systemUTC());
  }
}
