/** What the journal says, in the shapes that people and programs ask for. */
@NullMarked
package io.twinflow.engine.server.views;

import org.jspecify.annotations.NullMarked;
