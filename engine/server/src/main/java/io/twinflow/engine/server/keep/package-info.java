/** How long runs are kept, and how what nothing needs any more is found and removed. */
@NullMarked
package io.twinflow.engine.server.keep;

import org.jspecify.annotations.NullMarked;
