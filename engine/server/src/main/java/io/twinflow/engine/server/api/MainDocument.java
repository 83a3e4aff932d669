package io.twinflow.engine.server.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the document to run among several: the one that is named, or the one that stands out. */
final class MainDocument {

  private static final List<String> USUAL = List.of("main.cwl", "workflow.cwl");
  private static final int SHOWN = 10;

  private MainDocument() {}

  /**
   * @param main a path below the folder, may end in {@code #name}; null to look for it
   */
  static String of(Path folder, @Nullable String main) throws IOException, BadRequestException {
    if (main != null && !main.startsWith("#")) {
      return main;
    }
    List<Path> documents = documents(folder);
    if (documents.isEmpty()) {
      throw new BadRequestException("main", "there is no .cwl file in what was sent");
    }
    int top = documents.getFirst().getNameCount();
    List<Path> highest = documents.stream().filter(d -> d.getNameCount() == top).toList();
    Path found =
        highest.size() == 1
            ? highest.getFirst()
            : highest.stream()
                .filter(d -> USUAL.contains(String.valueOf(d.getFileName())))
                .findFirst()
                .orElseThrow(() ->
                    new BadRequestException(
                        "main",
                        "say which document to run with main=; there are %s"
                            .formatted(highest.stream().limit(SHOWN).toList())));
    return found + (main == null ? "" : main);
  }

  private static List<Path> documents(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(".cwl"))
          .filter(Files::isRegularFile)
          .map(folder::relativize)
          .sorted(Comparator.comparingInt(Path::getNameCount).thenComparing(Path::toString))
          .toList();
    }
  }
}
