/** Where events from outside are kept, once each, from the moment they are accepted. */
@NullMarked
package io.twinflow.triggers.inbox;

import org.jspecify.annotations.NullMarked;
