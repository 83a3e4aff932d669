/** Artifact stores: a folder, and buckets of object stores. */
@NullMarked
package io.twinflow.engine.stores;

import org.jspecify.annotations.NullMarked;
