package io.twinflow.workflowdefs.expression.process;

import io.twinflow.workflowdefs.expression.Evaluators;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.expression.ExpressionLimits;
import io.twinflow.workflowdefs.expression.JavaScriptEngine;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.Value;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * The child's program: a request by line of standard input, an answer by line of standard output,
 * until the input ends, as it does when the parent is gone.
 */
public final class EvaluatorMain {

  /** Evaluated before the first request, so that a child is ready when it says so. */
  private static final String FIRST = "{\"code\":\"(1 + 1)\",\"libraries\":[]}";

  private final JavaScriptEngine engine;
  private final Duration time;
  private List<String> libraries = List.of();

  private EvaluatorMain(Duration time) {
    this.engine = Evaluators.javascript(ExpressionLimits.standard().withTime(time));
    this.time = time;
  }

  /**
   * @param arguments the time that one evaluation may take, in milliseconds
   */
  public static void main(String[] arguments) throws IOException {
    Duration time = Duration.ofMillis(Long.parseLong(arguments[0]));
    EvaluatorMain evaluator = new EvaluatorMain(time);
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
        BufferedWriter out =
            new BufferedWriter(
                new OutputStreamWriter(
                    new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8))) {
      for (String line = FIRST; line != null; line = in.readLine()) {
        out.write(evaluator.answer(line));
        out.write('\n');
        out.flush();
      }
    }
  }

  private String answer(String line) {
    try {
      Request request = Request.read(line, libraries);
      libraries = request.texts();
      return answer(request);
    } catch (InvalidJsonException e) {
      return new Answer.Mistake(1, 1, "what it is given cannot be read: " + e.getMessage(), false)
          .text();
    }
  }

  private String answer(Request request) {
    long start = System.nanoTime();
    try {
      Value value = engine.evaluate(request.source(), request.libraries(), request.context());
      String answer = AnswerSize.hasTooMany(value) ? "" : new Answer.Result(value).text();
      if (answer.isEmpty() || answer.length() > AnswerSize.MOST_CHARACTERS) {
        throw request
            .source()
            .failure(
                "what it returns is too large: at most %,d values and %,d characters are taken. Return less, or let a tool write it to a file."
                    .formatted(AnswerSize.MOST_VALUES, AnswerSize.MOST_CHARACTERS));
      }
      return answer;
    } catch (ExpressionException e) {
      return Answer.Mistake.of(e, System.nanoTime() - start >= time.toNanos()).text();
    } catch (JacksonException e) {
      return Answer.Mistake.of(
              request
                  .source()
                  .failure("what it returns cannot be written as JSON: " + e.getOriginalMessage()),
              false)
          .text();
    }
  }
}
