package io.twinflow.workflowdefs.bpmn;

import io.twinflow.workflowdefs.bpmn.expression.Template;
import org.jspecify.annotations.Nullable;

/**
 * An activity that is done several times. BPMN 2.0, section 10.3.8.
 *
 * @param times how often, or null if it is done for each item
 * @param items the variable with the list of items, or null
 * @param item the variable that holds one of them, or null
 * @param until ends the repetition early when it holds, or null
 */
public record Repetition(
    boolean sequential,
    @Nullable Template times,
    @Nullable String items,
    @Nullable String item,
    @Nullable Template until) {

  /** So many parallel ones the process engine can carry; what is more belongs into a scatter. */
  public static final int MOST_PARALLEL = 100;
}
