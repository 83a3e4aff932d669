package io.twinflow.executors.serverless.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.testing.MapPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service goes when nobody has needed it for a while, and only then. */
class UsesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder;

  private void age(String service, Duration age) throws Exception {
    Files.setLastModifiedTime(folder.resolve(service), FileTime.from(NOW.minus(age)));
  }

  @Test
  void onlyWhatIsIdleForLongGoesAndOnce() throws Exception {
    Uses uses = new FolderUses(folder);
    uses.begin("used", "a1");
    uses.begin("fresh", "a2");
    assertThat(uses.end("a2")).containsExactly("fresh");
    uses.begin("idle", "a3");
    assertThat(uses.end("a3")).containsExactly("idle");
    age("used", HOUR.multipliedBy(2));
    age("fresh", HOUR.dividedBy(2));
    age("idle", HOUR.multipliedBy(2));
    assertThat(uses.takeIdle(HOUR, NOW)).containsExactly("idle");
    assertThat(uses.takeIdle(HOUR, NOW)).isEmpty();
    assertThat(folder.resolve("used").resolve("a1")).exists();
  }

  @Test
  void beforeTheFirstUseNothingIsIdle() throws Exception {
    assertThat(new FolderUses(folder.resolve("none")).takeIdle(HOUR, NOW)).isEmpty();
  }

  @Test
  void inTheStoreAnotherEngineEndsWhatOneHasBegun() throws Exception {
    MapPlace place = new MapPlace(Clock.fixed(NOW, ZoneOffset.UTC));
    Uses one = PlaceUses.of(place, "oscar");
    Uses other = PlaceUses.of(place, "oscar");
    one.begin("used", "a1");
    one.begin("idle", "a2");
    one.begin("idle", "a3");
    assertThat(one.end("a2")).containsExactly("idle");
    assertThat(other.takeIdle(Duration.ZERO, NOW)).isEmpty();
    assertThat(other.end("a3")).containsExactly("idle");
    assertThat(other.end("none")).isEmpty();
    assertThat(other.takeIdle(HOUR, NOW)).isEmpty();
    assertThat(other.takeIdle(HOUR, NOW.plus(HOUR))).containsExactly("idle");
    assertThat(one.takeIdle(HOUR, NOW.plus(HOUR))).isEmpty();
  }
}
