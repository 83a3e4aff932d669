/** Who may submit to a site next, how much, and why the others wait. */
@NullMarked
package io.twinflow.engine.core.turns;

import org.jspecify.annotations.NullMarked;
