/** The twinflow command. */
@NullMarked
package io.twinflow.engine.cli;

import org.jspecify.annotations.NullMarked;
