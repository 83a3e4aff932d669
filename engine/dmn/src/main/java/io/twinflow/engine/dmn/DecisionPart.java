package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.feel.ItemType;
import io.twinflow.workflowdefs.source.Position;
import java.util.List;

/**
 * One decision of a document, without those that it requires.
 *
 * @param inputs the variables that it requires from outside
 * @param required the ids of the decisions that it requires
 */
record DecisionPart(
    String id,
    String name,
    String variable,
    ItemType type,
    List<Input> inputs,
    List<String> required,
    Logic logic,
    Position position) {

  /** What comes from outside. */
  record Input(String name, ItemType type, Position position) {}
}
