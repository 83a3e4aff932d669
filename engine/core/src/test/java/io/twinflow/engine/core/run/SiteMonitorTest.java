package io.twinflow.engine.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.testing.FakeExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SiteMonitorTest {

  @Test
  @Timeout(10)
  void aBatchThatComesEndsTheWaitForTheOthers() throws Exception {
    FakeExecutor site = FakeExecutor.byHand();
    try (SiteMonitor monitor = new SiteMonitor(site)) {
      monitor.watch(
          new BatchHandle(new BatchKey("home1", "20261120-093000-aaaaaa", 1), Set.of(), ""),
          message -> {});
      assertThat(site.observe(List.of(), Duration.ofDays(1))).isEmpty();
    }
  }
}
