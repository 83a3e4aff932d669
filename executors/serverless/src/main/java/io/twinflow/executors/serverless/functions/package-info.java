/** Functions that are called with a CloudEvent over HTTP, as Knative and its kin do. */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.serverless.functions;
