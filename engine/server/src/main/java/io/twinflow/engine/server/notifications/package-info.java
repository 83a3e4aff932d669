/** Tells people and programs of the runs that they want to be told of. */
@NullMarked
package io.twinflow.engine.server.notifications;

import org.jspecify.annotations.NullMarked;
