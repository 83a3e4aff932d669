package io.twinflow.triggers.source.schedule;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** {@code type: schedule} in the configuration. */
public final class ScheduleType implements SourceType {

  private static final String CRON =
      "five fields as crontab has them, such as \"30 6 * * mon-fri\"";
  private static final String ZONE = "a time zone such as Europe/Amsterdam";
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final int MOST = 100;
  private static final int MOST_OF_ALL = 10_000;

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public boolean makesEvents() {
    return true;
  }

  @Override
  public Source open(Settings settings) throws InvalidSettingException {
    int most = settings.count("most", 1).orElse(MOST);
    if (most > MOST_OF_ALL) {
      throw settings.wrong("most", "at most " + MOST_OF_ALL);
    }
    Plan plan =
        new Plan(
            URI.create("/api/v1/sources/" + settings.name()),
            new Times(cron(settings), zone(settings)),
            settings.choice("catchUp", CatchUp.class).orElse(CatchUp.LAST),
            settings.time("grace").orElse(GRACE),
            most);
    return new ScheduleSource(settings.name(), plan, Clock.systemUTC());
  }

  private static Cron cron(Settings settings) throws InvalidSettingException {
    String line = settings.required("cron", CRON);
    try {
      return Cron.read(line);
    } catch (IllegalArgumentException e) {
      throw settings.wrong("cron", CRON + " (" + e.getMessage() + ")");
    }
  }

  private static ZoneId zone(Settings settings) throws InvalidSettingException {
    String zone = settings.text("zone", ZONE).orElse(null);
    try {
      return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw settings.wrong("zone", ZONE);
    }
  }
}
