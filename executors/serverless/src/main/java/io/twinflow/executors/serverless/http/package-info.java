/** Calls over HTTP, and what is known when one fails. */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.serverless.http;
