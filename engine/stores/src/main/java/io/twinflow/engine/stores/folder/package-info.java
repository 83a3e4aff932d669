/** Artifacts in a folder. */
@NullMarked
package io.twinflow.engine.stores.folder;

import org.jspecify.annotations.NullMarked;
