/** Files that arrive in a dCache, told by its storage events and by listings of its namespace. */
@NullMarked
package io.twinflow.triggers.source.dcache;

import org.jspecify.annotations.NullMarked;
