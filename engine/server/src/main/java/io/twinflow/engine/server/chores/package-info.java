/** What a server does again and again beside its runs. */
@NullMarked
package io.twinflow.engine.server.chores;

import org.jspecify.annotations.NullMarked;
