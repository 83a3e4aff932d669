package io.twinflow.engine.core;

import io.twinflow.executors.api.Capabilities;
import io.twinflow.executors.testing.FakeExecutor;
import java.util.Optional;
import java.util.Set;

/** A fake site among others. */
final class NamedSite extends OddSite {

  private final String name;
  private final int cores;

  NamedSite(String name, int cores, FakeExecutor fake) {
    super(fake);
    this.name = name;
    this.cores = cores;
  }

  @Override
  public String site() {
    return name;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(cores, 64_000, 0, Optional.empty(), "", Set.of("file"), 100, 100);
  }
}
