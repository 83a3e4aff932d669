/** Records that dCache writes of what is done with its files, as events. */
@NullMarked
package io.twinflow.triggers.dcache;

import org.jspecify.annotations.NullMarked;
