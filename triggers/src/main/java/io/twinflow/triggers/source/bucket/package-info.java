/** Buckets that are listed, so that objects are found of which nobody told. */
@NullMarked
package io.twinflow.triggers.source.bucket;

import org.jspecify.annotations.NullMarked;
