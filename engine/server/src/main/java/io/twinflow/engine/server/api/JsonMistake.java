package io.twinflow.engine.server.api;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a JSON body, in words that name no class. */
final class JsonMistake {

  /** The library's own words for where something began; it hides the text that they are about. */
  private static final Pattern PLACES =
      Pattern.compile(" ?\\((start marker )?at \\[Source: [^]]*]\\)");

  private JsonMistake() {}

  static ProblemDetail problem(JacksonException e) {
    TokenStreamLocation place = e.getLocation();
    Finding finding =
        new Finding(
            field(e),
            null,
            place == null || place.getLineNr() < 1 ? null : place.getLineNr(),
            place == null || place.getColumnNr() < 1 ? null : place.getColumnNr(),
            null,
            message(e));
    String where =
        finding.line() == null
            ? ""
            : " (line %d, column %d)".formatted(finding.line(), finding.column());
    return Problems.problem(HttpStatus.BAD_REQUEST, finding.message() + where, List.of(finding));
  }

  private static @Nullable String field(JacksonException e) {
    String path =
        e.getPath().stream()
            .map(part ->
                part.getPropertyName() == null
                    ? Integer.toString(part.getIndex())
                    : part.getPropertyName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? null : path;
  }

  private static String message(JacksonException e) {
    String field = field(e);
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no field \"%s\" here; expected one of %s"
          .formatted(unknown.getPropertyName(), known(unknown));
    }
    if (e instanceof StreamReadException) {
      return "this is no JSON: "
          + PLACES
              .matcher(String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " "))
              .replaceAll("");
    }
    return field == null
        ? "the body has not the form expected here"
        : "\"%s\" has not the form expected here".formatted(field);
  }

  private static String known(UnrecognizedPropertyException unknown) {
    return unknown.getKnownPropertyIds() == null
        ? "none"
        : unknown.getKnownPropertyIds().stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(", "));
  }
}
