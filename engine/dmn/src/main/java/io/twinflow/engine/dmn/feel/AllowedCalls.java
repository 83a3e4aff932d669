package io.twinflow.engine.dmn.feel;

import io.twinflow.workflowdefs.source.NearestName;
import java.util.Map;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.NamedFunctionParameters;
import org.camunda.feel.syntaxtree.PositionalFunctionParameters;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValError;

/** Calls of functions that exist here, with as many arguments as they take. */
final class AllowedCalls {

  private static final Map<String, String> WAYS_OUT =
      Map.of(
          "now", "decisions must be repeatable. Give the time as an input.",
          "today", "decisions must be repeatable. Give the date as an input.",
          "random number", "decisions must be repeatable. Give the number as an input.",
          "uuid", "decisions must be repeatable. Give the id as an input.",
          "matches", "regular expressions can run long. Use contains, starts with or ends with.",
          "replace",
              "regular expressions can run long. Prepare the text where the decision is asked.",
          "split",
              "regular expressions can run long. Prepare the list where the decision is asked.");

  private AllowedCalls() {}

  static void check(FunctionInvocation call) throws NotAllowed {
    String name = call.function();
    if (!Functions.has(name)) {
      throw new NotAllowed(
          "the function \"%s\" is not evaluated here: %s"
              .formatted(
                  name,
                  WAYS_OUT.getOrDefault(
                      name,
                      "there are %s.%s"
                          .formatted(
                              String.join(", ", Functions.names()),
                              NearestName.hint(name, Functions.names())))));
    }
    Val found =
        switch (call.params()) {
          case PositionalFunctionParameters given ->
              Scope.EMPTY.context().function(name, given.params().size());
          case NamedFunctionParameters given ->
              Scope.EMPTY.context().function(name, given.params().keySet());
          default ->
              throw new NotAllowed("the function \"%s\" is called strangely.".formatted(name));
        };
    if (found instanceof ValError) {
      throw new NotAllowed("the function \"%s\" does not take these arguments.".formatted(name));
    }
  }
}
