package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.token.Tokens;
import io.twinflow.executors.serverless.attempts.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A site of functions.
 *
 * @param site its name in the configuration
 * @param functions where they are, by the image or the name of the step that they run; {@code *}
 *     runs all others
 * @param tokens goes into the header Authorization, as a bearer's
 * @param root of the attempts' folders, as the functions see it
 */
public record FunctionOptions(
    String site,
    Map<String, URI> functions,
    CloudEvent.Mode mode,
    Answering answering,
    Optional<Tokens> tokens,
    Path root,
    Limits limits) {

  public FunctionOptions {
    functions = Map.copyOf(functions);
  }

  public static FunctionOptions at(URI function, Path root) {
    return new FunctionOptions(
        "functions",
        Map.of("*", function),
        CloudEvent.Mode.BINARY,
        Answering.WHEN_OVER,
        Optional.empty(),
        root,
        FunctionType.LIMITS);
  }

  public FunctionOptions withLimits(Limits other) {
    return new FunctionOptions(site, functions, mode, answering, tokens, root, other);
  }

  public FunctionOptions withFunctions(Map<String, URI> others) {
    return new FunctionOptions(site, others, mode, answering, tokens, root, limits);
  }

  public FunctionOptions withMode(CloudEvent.Mode other) {
    return new FunctionOptions(site, functions, other, answering, tokens, root, limits);
  }

  public FunctionOptions withTokens(Tokens source) {
    return new FunctionOptions(site, functions, mode, answering, Optional.of(source), root, limits);
  }

  public FunctionOptions withAnswers(Answering other) {
    return new FunctionOptions(site, functions, mode, other, tokens, root, limits);
  }
}
