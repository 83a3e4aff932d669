/** The commands, one class each. */
@NullMarked
package io.twinflow.engine.cli.command;

import org.jspecify.annotations.NullMarked;
