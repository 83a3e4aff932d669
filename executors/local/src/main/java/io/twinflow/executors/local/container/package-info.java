/** Docker and podman through their command lines; internal to the local executor. */
@NullMarked
package io.twinflow.executors.local.container;

import org.jspecify.annotations.NullMarked;
