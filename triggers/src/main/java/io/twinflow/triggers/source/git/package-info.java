/** Git repositories that are looked at now and then, for branches and tags that have changed. */
@NullMarked
package io.twinflow.triggers.source.git;

import org.jspecify.annotations.NullMarked;
