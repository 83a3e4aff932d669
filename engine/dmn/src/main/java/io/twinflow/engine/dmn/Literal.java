package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.feel.Expression;
import io.twinflow.workflowdefs.source.Position;

/** A decision that is one expression. */
record Literal(Expression expression, Position position) implements Logic {}
