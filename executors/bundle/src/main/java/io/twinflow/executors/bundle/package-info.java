/**
 * The self-contained task that a remote site runs: {@code bundle.sh} and what it is told.
 * DESIGN.md, rule 5.
 */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.bundle;
