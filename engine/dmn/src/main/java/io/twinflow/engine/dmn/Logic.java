package io.twinflow.engine.dmn;

/** How a decision is made. */
sealed interface Logic permits DecisionTable, Literal {}
