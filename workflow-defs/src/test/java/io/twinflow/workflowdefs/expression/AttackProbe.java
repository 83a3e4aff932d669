package io.twinflow.workflowdefs.expression;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs all attacks in a JVM of its own, within the standard limits of its heap, and prints a line
 * for each: {@code refused} or what else came.
 */
final class AttackProbe {

  private AttackProbe() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    Evaluator evaluator =
        Evaluators.withLimits(ExpressionLimits.standard().withTime(Duration.ofSeconds(10)));
    List<String> all = new ArrayList<>(Attacks.KNOWN);
    all.addAll(Attacks.MEMORY);
    all.addAll(Attacks.DEPTH);
    if (arguments.length > 0) {
      all =
          arguments[0].equals("depth")
              ? Attacks.DEPTH
              : arguments[0].equals("time") ? Attacks.TIME : List.of(arguments[0]);
    }
    for (String attack : all) {
      long start = System.nanoTime();
      String answer;
      try {
        answer =
            "ACCEPTED "
                + Excerpt.of(
                    evaluator
                        .evaluate(Expressions.text(attack), Expressions.withJavaScript(Map.of()))
                        .toString());
      } catch (ExpressionException e) {
        answer = "refused " + e.getMessage().lines().findFirst().orElse("");
      } catch (Throwable e) {
        answer = "BROKE " + e;
      }
      System.out.printf("%6d ms  %s%n", (System.nanoTime() - start) / 1_000_000, answer);
    }
  }
}
