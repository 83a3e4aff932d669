/** Runs attempts as Jobs of a Kubernetes cluster. */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.kubernetes;
