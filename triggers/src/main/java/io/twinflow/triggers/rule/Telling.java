package io.twinflow.triggers.rule;

/** What a trigger tells processes that go on, in place of a run. */
public sealed interface Telling permits Message, Signal {

  /** As the processes have it. */
  String name();

  /** An object with {@code values}, and what else says whom it is for. */
  Mapping mapping();
}
