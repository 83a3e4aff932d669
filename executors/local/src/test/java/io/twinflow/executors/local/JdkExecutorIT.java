package io.twinflow.executors.local;

import io.twinflow.executors.testing.Feature;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Where the C library lacks what starts processes cheaply (musl), the JDK does it. */
class JdkExecutorIT extends LocalExecutorIT {

  private static final String SWITCH = "twinflow.libc";

  @BeforeAll
  static void switchOff() {
    System.setProperty(SWITCH, "off");
  }

  @AfterAll
  static void switchOn() {
    System.clearProperty(SWITCH);
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(
        Feature.ENFORCES_READ_ONLY_INPUTS,
        Feature.STAGES_ANYWHERE,
        Feature.KNOWS_SIGNALS,
        Feature.KNOWS_CPU_TIME,
        Feature.OUTLIVES_ENGINE);
  }
}
