/** The sites of an engine, and which of them a task goes to. */
@NullMarked
package io.twinflow.engine.core.site;

import org.jspecify.annotations.NullMarked;
