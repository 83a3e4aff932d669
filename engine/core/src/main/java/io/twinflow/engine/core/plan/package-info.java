/** A workflow version as a graph with indices: what the fold and the run walk along. */
@NullMarked
package io.twinflow.engine.core.plan;

import org.jspecify.annotations.NullMarked;
