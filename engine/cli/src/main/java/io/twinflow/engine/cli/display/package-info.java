/** What a person sees while a run goes on and when it has ended. */
@NullMarked
package io.twinflow.engine.cli.display;

import org.jspecify.annotations.NullMarked;
