package io.twinflow.engine.cli.command;

import picocli.CommandLine.Option;

/** How much a person wants to read. */
final class DisplayOptions {

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing on stderr but what went wrong.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose", "--debug"},
      description = "Say more: each command with its folder.")
  boolean verbose;
}
