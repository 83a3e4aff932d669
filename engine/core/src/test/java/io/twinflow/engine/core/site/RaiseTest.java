package io.twinflow.engine.core.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.event.Raised;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RaiseTest {

  private static final String PLACE = "twinflow.yaml:3:5";
  private static final long LARGE = 1L << 30;
  private static final Raise RAISE = new Raise(2, 10_000, Duration.ofHours(5));

  private static ResourceRequest had(long memoryMiB) {
    return new ResourceRequest(1, memoryMiB, 0, 0, 0, 1);
  }

  private static Raise read(Map<String, Setting> raise) throws InvalidSettingException {
    Settings site =
        Settings.of(
            "sites",
            "hpc",
            Map.of("raise", new Setting(new Setting.Written.Fields(raise), PLACE)),
            PLACE);
    Raise read = Raise.of(site);
    site.end();
    return read;
  }

  @Test
  void whatRanOutIsRaisedAndNothingElse() {
    assertThat(RAISE.after(new Shortage.Memory(), had(4096), LARGE))
        .contains(new Raised(8192, null, "with 8 GiB of memory, as 4 GiB were too little"));
    assertThat(RAISE.after(new Shortage.Time(Duration.ofMinutes(90)), had(300), LARGE))
        .contains(
            new Raised(300, Duration.ofHours(3), "with 3 h of time, as 90 min were too little"));
  }

  @Test
  void whatWasRaisedBeforeStaysRaised() {
    ResourceRequest before = had(4096).with(8192, Duration.ofHours(2));
    assertThat(RAISE.after(new Shortage.Time(Duration.ofHours(2)), before, LARGE).orElseThrow())
        .extracting(Raised::memoryMiB, Raised::time)
        .containsExactly(8192L, Duration.ofHours(4));
  }

  @Test
  void theLastRaiseEndsAtTheMostAndThenThereIsNone() {
    assertThat(RAISE.after(new Shortage.Memory(), had(8192), LARGE).orElseThrow().memoryMiB())
        .isEqualTo(10_000);
    assertThat(RAISE.after(new Shortage.Memory(), had(10_000), LARGE)).isEmpty();
    assertThat(RAISE.refusal(new Shortage.Memory(), had(10_000)).orElseThrow())
        .contains("it had 9.8 GiB of memory", "ends at 9.8 GiB");
    Shortage day = new Shortage.Time(Duration.ofDays(1));
    assertThat(RAISE.after(day, had(1), LARGE)).isEmpty();
    assertThat(RAISE.refusal(day, had(1)).orElseThrow()).contains("24 h", "ends at 5 h");
  }

  @Test
  void noMoreIsAskedForThanTheSiteHas() {
    assertThat(RAISE.after(new Shortage.Memory(), had(4096), 5000).orElseThrow().memoryMiB())
        .isEqualTo(5000);
    assertThat(RAISE.after(new Shortage.Memory(), had(4096), 4096)).isEmpty();
  }

  @Test
  void whereNothingIsSaidNothingIsRaised() {
    assertThat(Raise.NONE.after(new Shortage.Memory(), had(1), LARGE)).isEmpty();
    assertThat(Raise.NONE.refusal(new Shortage.Memory(), had(1))).isEmpty();
    assertThat(Raise.NONE.after(new Shortage.Time(Duration.ofMinutes(1)), had(1), LARGE)).isEmpty();
  }

  @Test
  void itIsReadWithItsBounds() throws Exception {
    assertThat(
            read(
                Map.of(
                    "memory", Setting.text("64G", PLACE),
                    "time", Setting.text("24h", PLACE),
                    "by", Setting.text("1.5", PLACE))))
        .isEqualTo(new Raise(1.5, 65_536, Duration.ofHours(24)));
    assertThat(read(Map.of("memory", Setting.text("1G", PLACE))))
        .isEqualTo(new Raise(2, 1024, Duration.ZERO));
  }

  @Test
  void aFactorThatHardlyRaisesIsRefused() {
    assertThatThrownBy(() -> read(Map.of("by", Setting.text("1", PLACE))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll(PLACE, "sites.hpc.raise.by", "at least 1.25", "'1'");
    assertThatThrownBy(() -> read(Map.of("most", Setting.text("64G", PLACE))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("sites.hpc.raise.most means nothing here", "memory, time");
  }
}
