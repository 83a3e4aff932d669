/** Services of OSCAR, one for each image and size, called with an event for each attempt. */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.serverless.oscar;
