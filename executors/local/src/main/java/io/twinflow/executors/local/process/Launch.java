package io.twinflow.executors.local.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process to start. Its streams are files from the start: what a tool writes never passes through
 * this program.
 *
 * @param program the file to execute, already looked up
 * @param arguments with the program's name as the tool shall see it in front
 * @param environment the whole of it
 * @param status the file behind descriptor 3, for programs that tell there of themselves; null for
 *     none
 */
public record Launch(
    Path program,
    List<String> arguments,
    Map<String, String> environment,
    Path directory,
    Path stdin,
    Path stdout,
    Path stderr,
    @Nullable Path status) {
  public Launch {
    arguments = List.copyOf(arguments);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  public Launch(
      Path program,
      List<String> arguments,
      Map<String, String> environment,
      Path directory,
      Path stdin,
      Path stdout,
      Path stderr) {
    this(program, arguments, environment, directory, stdin, stdout, stderr, null);
  }
}
