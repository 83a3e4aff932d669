package io.twinflow.engine.server.runs;

import java.util.Locale;

/** What a workflow is written in, and so what carries its runs. */
public enum Kind {
  /** A workflow or tool, whose runs an engine carries. */
  CWL,
  /** A process, whose runs Flowable's tables carry. */
  BPMN,
  /** Tables that decide. They are asked, and have no runs. */
  DMN;

  /** As the database and the interface write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Kind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
