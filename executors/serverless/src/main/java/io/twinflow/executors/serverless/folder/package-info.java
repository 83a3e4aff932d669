/**
 * Attempts at sites that are told to run something by one call each, over a folder that the engine
 * and the site see under the same name: the folder says what became of them.
 */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.serverless.folder;
