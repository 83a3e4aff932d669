/**
 * Attempts at sites that share no folder with the engine: what they need and what they made goes
 * through an {@link io.twinflow.executors.api.place.ObjectPlace}.
 */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.bundle.remote;
