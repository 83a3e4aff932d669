package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

  @Test
  void runsOfOneSecondSortByTheirTime(@TempDir Path folder) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int millis : new int[] {0, 7, 36, 350, 999}) {
      Instant now = Instant.parse("2026-11-20T09:30:12Z").plusMillis(millis);
      Home home = Home.open(folder, Clock.fixed(now, ZoneOffset.UTC));
      ids.add(home.newRun().value());
    }

    assertThat(ids).isSorted().allSatisfy(id -> assertThat(id).startsWith("20261120-093012-"));
  }
}
