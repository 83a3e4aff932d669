/** Copies, on this machine's disk, of artifacts that lie in stores. */
@NullMarked
package io.twinflow.engine.stores.near;

import org.jspecify.annotations.NullMarked;
