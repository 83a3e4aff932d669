/** Runs attempts where a call over HTTP starts them: functions, and services of OSCAR. */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.serverless;
