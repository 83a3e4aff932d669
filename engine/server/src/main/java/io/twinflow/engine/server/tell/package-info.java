/** Tells others of what happens here: by HTTP and by mail, and proves who tells it. */
@NullMarked
package io.twinflow.engine.server.tell;

import org.jspecify.annotations.NullMarked;
