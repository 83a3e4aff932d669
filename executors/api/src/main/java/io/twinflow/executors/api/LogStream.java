package io.twinflow.executors.api;

/** The two streams of a tool. */
public enum LogStream {
  STDOUT,
  STDERR
}
