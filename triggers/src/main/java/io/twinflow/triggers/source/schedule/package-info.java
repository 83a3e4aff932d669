/** Times that come again, as events. */
@NullMarked
package io.twinflow.triggers.source.schedule;

import org.jspecify.annotations.NullMarked;
