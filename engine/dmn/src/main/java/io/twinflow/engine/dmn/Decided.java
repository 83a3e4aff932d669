package io.twinflow.engine.dmn;

import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;

/**
 * What a decision came to.
 *
 * @param variable the name of the decision's variable
 * @param result null if no rule matched and there is no default
 * @param outputs the fields of the result if the table has several outputs and one answer, else one
 *     field, named as the table's only output or, if that has no name, as the variable
 * @param rules what matched, in order, of this decision and before that of those it requires
 * @param isNothing no rule of the decision's table matched and there is no default
 */
public record Decided(
    String variable,
    Value result,
    RecordValue outputs,
    List<MatchedRule> rules,
    boolean isNothing) {

  public Decided {
    rules = List.copyOf(rules);
  }
}
