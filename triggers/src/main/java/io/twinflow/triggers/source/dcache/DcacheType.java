package io.twinflow.triggers.source.dcache;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.look.Looking;
import io.twinflow.triggers.source.web.WebAccess;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code type: dcache} in the configuration. */
public final class DcacheType implements SourceType {

  private static final String ADDRESS = "address";
  private static final String PATH = "path";
  private static final String EXPECTED_ADDRESS =
      "the frontend, as in https://dcache.example.org:3880";
  private static final String EXPECTED_PATH = "a folder in dCache, as in /data/uploads";

  /** The most that a frontend allows as it comes. */
  private static final Duration KEEP = Duration.ofDays(1);

  private static final Duration EVERY = Duration.ofHours(1);

  @Override
  public String name() {
    return "dcache";
  }

  @Override
  public boolean makesEvents() {
    return true;
  }

  @Override
  public Source open(Settings settings) throws InvalidSettingException {
    URI address =
        settings.address(ADDRESS).orElseThrow(() -> settings.wrong(ADDRESS, EXPECTED_ADDRESS));
    if (!address.getPath().replace("/", "").isEmpty() || address.getUserInfo() != null) {
      throw settings.wrong(ADDRESS, EXPECTED_ADDRESS);
    }
    Duration keep = settings.timeFromOneSecond("keep").orElse(KEEP);
    Duration every = settings.timeFromOneSecond("every").orElse(EVERY);
    DcacheOptions options =
        new DcacheOptions(
            address.resolve("/"),
            WebAccess.read(settings, ADDRESS, address.getScheme().equals("https")),
            path(settings),
            settings.isTrue("recursive", true),
            settings
                .text("client", "what this source is called at the frontend")
                .orElse("twinflow-" + settings.name()),
            keep,
            every,
            door(settings));
    DcacheLook look = new DcacheLook(options, new Frontend(options), Clock.systemUTC());
    return new Looking(settings.name(), look, Clock.systemUTC());
  }

  private static String path(Settings settings) throws InvalidSettingException {
    String path = settings.required(PATH, EXPECTED_PATH).replaceFirst("/+$", "");
    if (path.isEmpty()) {
      return "/";
    }
    if (!path.startsWith("/") || path.contains("//") || path.matches(".*/\\.{1,2}(/.*)?")) {
      throw settings.wrong(PATH, EXPECTED_PATH);
    }
    return path;
  }

  private static @Nullable String door(Settings settings) throws InvalidSettingException {
    Optional<URI> door = settings.address("door");
    return door.isEmpty() ? null : door.get().toString().replaceFirst("/+$", "");
  }
}
