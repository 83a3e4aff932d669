package io.twinflow.workflowdefs.expression.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mozilla.javascript.Context;
import tools.jackson.core.json.JsonFactory;

/**
 * How a child is started: a JVM with a small heap that ends when it is full, which leaves no files
 * and finds nothing on its class path but what evaluates.
 */
record ChildCommand(List<String> words) {

  ChildCommand {
    words = List.copyOf(words);
  }

  /**
   * @param time that one evaluation may take
   * @throws IOException if what is around it cannot be found out
   */
  static ChildCommand of(ProcessSettings settings, Duration time) throws IOException {
    Path java = Path.of(System.getProperty("java.home"));
    List<Path> classes = classPath();
    List<String> words = new ArrayList<>(settings.wrapper().around(readable(java, classes)));
    words.add(java.resolve("bin/java").toString());
    words.addAll(
        List.of(
            "-Xmx%dm".formatted(settings.heapMebibytes()),
            "-Xms8m",
            "-Xss1m",
            "-XX:MaxMetaspaceSize=64m",
            "-XX:ReservedCodeCacheSize=24m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "-Xlog:disable",
            "-cp",
            classes.stream().map(Path::toString).collect(Collectors.joining(":")),
            EvaluatorMain.class.getName(),
            Long.toString(time.toMillis())));
    return new ChildCommand(words);
  }

  private static List<Path> readable(Path java, List<Path> classes) {
    return Stream.concat(Stream.of(java), classes.stream()).toList();
  }

  private static List<Path> classPath() {
    return Stream.of(EvaluatorMain.class, Context.class, JsonFactory.class)
        .map(ChildCommand::origin)
        .toList();
  }

  private static Path origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException("it is not known which file holds " + type.getName());
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
