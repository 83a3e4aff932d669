package io.twinflow.triggers.source.runs;

import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import javax.sql.DataSource;

/** {@code type: runs} in the configuration. */
public final class RunsType implements SourceType {

  private final DataSource database;
  private final RunResults results;

  public RunsType(DataSource database, RunResults results) {
    this.database = database;
    this.results = results;
  }

  @Override
  public String name() {
    return "runs";
  }

  @Override
  public boolean makesEvents() {
    return true;
  }

  @Override
  public Source open(Settings settings) {
    return new RunsSource(settings.name(), database, results);
  }
}
