/** Files and folders known by location and identity. */
@NullMarked
package io.twinflow.engine.core.artifact;

import org.jspecify.annotations.NullMarked;
