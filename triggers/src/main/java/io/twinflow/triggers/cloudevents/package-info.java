/** CloudEvents 1.0.2: what comes from outside, read strictly and written safely. */
@NullMarked
package io.twinflow.triggers.cloudevents;

import org.jspecify.annotations.NullMarked;
