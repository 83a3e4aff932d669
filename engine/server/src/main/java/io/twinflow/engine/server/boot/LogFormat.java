package io.twinflow.engine.server.boot;

/** What the server's log looks like; named as a person writes it. */
public enum LogFormat {
  /** For people. */
  text,
  /** One JSON object by line, for programs. */
  json
}
