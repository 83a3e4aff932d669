/** Where events come from beside requests: brokers, stores, schedules. */
@NullMarked
package io.twinflow.triggers.source;

import org.jspecify.annotations.NullMarked;
