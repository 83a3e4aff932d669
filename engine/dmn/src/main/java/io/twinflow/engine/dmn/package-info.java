/** DMN decision tables: read, checked and evaluated within bounds. */
@NullMarked
package io.twinflow.engine.dmn;

import org.jspecify.annotations.NullMarked;
