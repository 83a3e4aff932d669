package io.twinflow.engine.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other processes ask of a run, in its folder: a line each in the file {@code asked}, until
 * the engine that executes the run takes them. Nothing here is state: a request counts when its
 * event is in the journal, and one that was lost in a crash is asked again by whoever waits for
 * that event.
 */
final class Requests {

  private final Path runs;

  Requests(Path runs) {
    this.runs = runs;
  }

  void add(RunId run, Request request) throws IOException {
    // Lines that are appended at once by several processes do not mix.
    Files.writeString(
        asked(run),
        request.name() + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Those that came since the last call, in order. */
  List<Request> take(RunId run) throws IOException {
    Path asked = asked(run);
    if (!Files.exists(asked)) {
      return List.of();
    }
    Path taken = asked.resolveSibling("asked.taken");
    Files.move(asked, taken, StandardCopyOption.ATOMIC_MOVE);
    List<Request> requests = new ArrayList<>();
    for (String line : Files.readAllLines(taken, StandardCharsets.UTF_8)) {
      Request request = read(line);
      if (request != null) {
        requests.add(request);
      }
    }
    Files.delete(taken);
    return requests;
  }

  /** What a person or a newer Twinflow wrote there is no reason to end a run. */
  private static @Nullable Request read(String line) {
    for (Request request : Request.values()) {
      if (request.name().equals(line.strip())) {
        return request;
      }
    }
    System.getLogger(Requests.class.getName())
        .log(System.Logger.Level.WARNING, "''{0}'' is nothing that can be asked of a run", line);
    return null;
  }

  private Path asked(RunId run) {
    return runs.resolve(run.value()).resolve("asked");
  }
}
