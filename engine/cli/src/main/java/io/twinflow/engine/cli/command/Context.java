package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.Interruption;
import io.twinflow.engine.cli.Invocation;
import io.twinflow.engine.cli.display.Style;

/** What every command gets. */
record Context(Invocation invocation, Interruption interruption) {

  Style errStyle() {
    return new Style(invocation.colours(), invocation.signs());
  }

  void say(String line) {
    invocation.err().println(line);
  }

  void print(String line) {
    invocation.out().println(line);
  }
}
