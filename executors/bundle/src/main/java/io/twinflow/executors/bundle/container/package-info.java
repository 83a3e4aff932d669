/**
 * How a site runs a tool in a container: command lines of its engine, filled in for one attempt.
 */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.bundle.container;
