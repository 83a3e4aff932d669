package io.twinflow.engine.cli.display;

/** Shows nothing. */
public final class NoDisplay implements Display {

  @Override
  public void say(String line) {}

  @Override
  public void close() {}
}
