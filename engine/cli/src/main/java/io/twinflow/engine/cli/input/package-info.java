/** From what a person gives to the input object of a run. */
@NullMarked
package io.twinflow.engine.cli.input;

import org.jspecify.annotations.NullMarked;
