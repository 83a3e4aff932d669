package io.twinflow.workflowdefs.cwl.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.SourceFetcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents of this repository with a few mistakes in them are loaded or refused, and no more. */
class MutatedDocumentsTest {

  private static final long SEED = 20_261_120;
  private static final int ROUNDS = 600;
  private static final int MOST_CHANGES = 3;
  private static final String MARKS = "{}[]:,'\"#&*!|>%@$()\\\t-?";
  private static final List<String> VALUES =
      List.of(
          "int",
          "File?",
          "null",
          "[]",
          "{}",
          "$(inputs.x)",
          "${return 1}",
          "-1",
          "1e400",
          "99999999999999999999",
          "~",
          "'#main'",
          "{type: array, items: string}",
          "[null, int]",
          "*a",
          "&a b",
          "\"",
          "!!str x",
          "{$import: x}",
          "{$import: '#main'}");

  @Test
  void noMistakeBringsTheLoaderToAnotherEndThanAProblem() throws IOException {
    Random random = new Random(SEED);
    List<Path> documents = documents();
    assertThat(documents).hasSizeGreaterThan(20);
    int loaded = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path document = documents.get(random.nextInt(documents.size()));
      String text = mutated(Files.readString(document), random);
      try {
        CwlLoader.loadParts(document.toString(), options(document, text));
        loaded++;
      } catch (InvalidDefinitionException e) {
        assertThat(e.problems())
            .as("%s:%n%s", document, text)
            .isNotEmpty()
            .noneMatch(problem -> problem.message().contains("Exception"));
        refused++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("%s, round %d:%n%s".formatted(document, round, text), e);
      }
    }
    // Mistakes that are always found, or never, would try little.
    assertThat(loaded).isGreaterThan(ROUNDS / 20);
    assertThat(refused).isGreaterThan(ROUNDS / 5);
  }

  private static List<Path> documents() throws IOException {
    Path repository = Suite.repository();
    List<Path> documents = new ArrayList<>();
    for (String folder : new String[] {"examples", "benchmarks"}) {
      try (Stream<Path> files = Files.walk(repository.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".cwl")).forEach(documents::add);
      }
    }
    return documents.stream().sorted().toList();
  }

  private static LoadOptions options(Path document, String text) {
    String iri = document.toUri().toString();
    SourceFetcher files = SourceFetcher.ofFilesAndHttp();
    return LoadOptions.defaults()
        .withFetcher((asked, display, limits) -> {
          if (asked.equals(iri)) {
            return text.getBytes(StandardCharsets.UTF_8);
          }
          if (!asked.startsWith("file:")) {
            throw new InvalidDefinitionException(
                Problem.error(Position.startOf(display), "no network here."));
          }
          return files.fetch(asked, display, limits);
        });
  }

  private static String mutated(String text, Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes && !lines.isEmpty(); i++) {
      mutate(lines, random);
    }
    return String.join("\n", lines);
  }

  private static void mutate(List<String> lines, Random random) {
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    int other = random.nextInt(lines.size());
    int column = random.nextInt(line.length() + 1);
    switch (random.nextInt(9)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, line);
      case 2 -> lines.set(at, " ".repeat(1 + random.nextInt(4)) + line);
      case 3 -> lines.set(at, line.startsWith("  ") ? line.substring(2) : line);
      case 4 -> {
        int colon = line.indexOf(": ");
        if (colon > 0) {
          lines.set(at, line.substring(0, colon + 2) + VALUES.get(random.nextInt(VALUES.size())));
        }
      }
      case 5 -> {
        lines.set(at, lines.get(other));
        lines.set(other, line);
      }
      case 6 ->
          lines.set(
              at,
              line.substring(0, column)
                  + MARKS.charAt(random.nextInt(MARKS.length()))
                  + line.substring(column));
      case 7 ->
          lines.set(
              at, line.substring(0, column) + line.substring(Math.min(line.length(), column + 1)));
      default -> {
        int indent = line.length() - line.stripLeading().length();
        lines.add(at + 1, " ".repeat(indent) + lines.get(other).strip());
      }
    }
  }
}
