/** Pushes to Git repositories, as events. */
@NullMarked
package io.twinflow.triggers.git;

import org.jspecify.annotations.NullMarked;
